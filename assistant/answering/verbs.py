"""Owns in which words deeds are told: of each verb how a question asks for it and how texts tell it. It does not own who did them. English only.

Only verbs that can be told in few ways are here, each with all of them that are known: a way that is missing refuses a question wrongly.
"""

from __future__ import annotations

import re

SUPPOSES = re.compile(
    r"\b(?:would|could|might|may|should|if|or|not|never|will|plans?|planned|planning|wants?|wanted|hopes?|threaten\w*|risks?|fears?|nearly|almost|try"
    r"|tries|tried|trying|attempt\w*|can|avoid\w*|about|rather|instead|ask|asked|expect\w*|agree|have to|need to)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Words under which a deed need not have been done."""
_WAYS = (
    (
        r"return(?:ed)?|(?:go|going|moved?|went|c[oa]me) back",
        r"return|(?:g[eo]t?\w*|went|c[oa]m\w+|mov\w+|travel\w*|sen[dt]|fl[ey]\w*) (?:\w+ ){0,2}?back|home",
    ),
    (
        r"moved? (?=(?:[\w'-]+ ){0,4}?(?:from|to|into|away|its|their|his|her)\b)",
        r"mov(?:e|ed|es|ing)|relocat|resettl|settle|e?migrat|left|leav|fle[de]|c[oa]me|arriv|went|liv(?:e|es|ed|ing)",
    ),
    (r"left|leave", r"left|leav|depart|quit|fle[ed]|escap|resign|mov(?:e|ed|ing)|former|gone|went|g[eo]t out|emigrat"),
    (r"win|won", r"w[io]n\b|winn|victor|succe|grant|prevail|award|triumph|upheld|favou?r|defeat|receiv"),
    (r"lose|lost", r"los[ets]|defeat|fail|reject|den(?:y|ied)|refus|beaten|fell|without"),
    (
        r"closed?|shut(?: down)?|end(?:ed)?|stop(?:ped)?|cancel(?:led|ed)?|abolish(?:ed)?|scrap(?:ped)?|suspend(?:ed)?",
        r"clos(?:e|ed|ing|ure)\b|shut|end(?:ed|s|ing)?\b|stop|cancel|abolish|scrap|suspen|halt|terminat|discontinu|ceas|cut|fr[eo]*z|paus|expire|wound"
        r"|defund|revok|turn",
    ),
    (r"sued?", r"su(?:e|ed|es|ing)\b|lawsuit|suit\b|court|litigat|legal action|filed|challeng|class action"),
    (
        r"support(?:ed)?|praised?|welcomed?|endorsed?",
        r"support|prais|welcom|endors|back(?:ed|s|ing)?\b|favou?r|help|laud|applaud|honou?r|thank|campaign|assist|represent|aid|adding|pointing",
    ),
    (
        r"opposed?|criticis(?:ed?)|criticiz(?:ed?)|condemn(?:ed)?",
        r"oppos|critic|condemn|attack|against|denounc|blam|object|disput|slam|however|warn|accus|protest",
    ),
    (
        r"lower(?:ed)?|reduced?|drop(?:ped)?|fall(?:en)?|decreased?|shr[aiu]nk",
        r"lower|reduc|cut|drop|f[ae]ll|decreas|shr[aiu]nk|down|less|fewer|dip|los[st]",
    ),
    (
        r"raised?|risen?|increased?|grow|grown",
        r"rais|ris(?:e|en|es|ing)\b|rose|increas|gr[eo]w|higher|up(?:tick)?\b|more|climb|surg|fold|outperform",
    ),
    (
        r"evict(?:ed)?|(?:throw|thrown|kick|kicked|turn|turned) (?:[\w'-]+ ){0,4}?(?:out|away)",
        r"evict|thr[eo]w\w* (?:\w+ ){0,3}?out|kick\w* (?:\w+ ){0,3}?out|turn\w* (?:\w+ ){0,3}?away|expel|homeless|disown|refus|put out"
        r"|dismiss|reject",
    ),
    (
        r"decriminali[sz]ed?|legali[sz]ed?",
        r"decriminali|legali[sz]|repeal|lawful|regulari[sz]|legal status|permit|allow",
    ),
    (
        r"criminali[sz]ed?|outlaw(?:ed)?|ban(?:ned)?",
        r"criminali|outlaw|bann?(?:ed|s|ing)?\b|illegal|forb|prohibit|crime",
    ),
    (
        r"repeal(?:ed)?|overturn(?:ed)?|reversed?|annul(?:led)?|revoked?",
        r"repeal|overturn|revers|annul|revok|scrap|abolish|struck down|quash|und[io]d?\b|end(?:ed)?\b|lift",
    ),
    (
        r"restored?|resumed?|reinstat(?:ed?)|reopen(?:ed)?",
        r"restor|resum|reinstat|reopen|beg[iau]n again|again|restart|relaunch",
    ),
    (
        r"block(?:ed)?|halt(?:ed)?|(?:struck|strike) down",
        r"block|halt|str[iu]c?k\w* down|stay|stopp?|suspen|injunct|prevent|fr[eo]*z|bar",
    ),
    (
        r"dismiss(?:ed)?|reject(?:ed)?|turn(?:ed)? down|vot(?:ed?) against",
        r"dismiss|thr[eo]w\w* out|reject|turn\w* down|den(?:y|ied)|refus|vot\w+ (?:down|against)|upheld|disagree|fir(?:ed|ing)\b|sack|l[ai][iy]d? off"
        r"|remov|lost (?:his|her|their) jobs?",
    ),
    (
        r"approved?|accept(?:ed)?|pass|adopt(?:ed)?|vot(?:ed?) for",
        r"approv|accept|pass(?:ed|es|ing)?\b|adopt|vot|grant|agree|enact|sign",
    ),
    (
        r"grant(?:ed)?|award(?:ed)?",
        r"grant|award|g[ai]ve|giving|receiv|approv|obtain|w[io]n\b|accept|allow|honou?r|prize|recogni",
    ),
    (
        r"die|killed|murder(?:ed)?",
        r"die[ds]?\b|dead|death|kill|murder|stab|sh[oo]o?t|fatal|late\b|suicide|dying|perish|pass(?:ed)? away",
    ),
    (r"marr(?:y|ied)", r"marr|wed(?:s|ding|lock)?\b|spouse|husband|wife"),
    (r"appeal(?:ed)?", r"appeal|challeng|contest"),
    (
        r"withdr[ae]wn?|abandon(?:ed)?",
        r"withdr|abandon|drop(?:s|ped|ping)?\b|g[ai]v\w+ up|pull\w* out|call\w* off|scrap|cancel",
    ),
    (r"apologi[sz]ed?", r"apolog|sorry|regret"),
    (r"pay|paid", r"pa(?:y|id|ys|ying|yment)\b|cost|bought|buy|cover|fund|bribe|g[ai]ve|spen[dt]|financ|donat"),
    (
        r"released?|freed?|rescued?",
        r"releas|freed|free\b|let (?:\w+ ){0,3}?(?:go|out)|bail|rescu|out of|sav(?:e|ed)|help|liberat|discharg|no longer (?:held|detained)",
    ),
    (
        r"arrest(?:ed)?|detain(?:ed)?|jail(?:ed)?|imprison(?:ed)?",
        r"arrest|deten|detain|custody|seiz|caught|jail|prison|raid|summon|handcuff|held\b|grabb|cells?\b|captur|taken|took",
    ),
    (
        r"deport(?:ed)?|expel(?:led)?",
        r"deport|expel|expuls|remov|(?:sen[dt]|sending) (?:\w+ ){0,2}(?:back|home)|departure|forced out",
    ),
    (
        r"convict(?:ed)?|sentenced?|acquit(?:ted)?",
        r"convict|sentenc|guilt|acquit|verdict|years in|trial|jailed for|clear",
    ),
    (
        r"report (?=(?:[\w'-]+ ){1,4}?to (?:the )?(?:police|authorities)\b)",
        r"report|complain|(?:told|went to|called|informed) the (?:police|authorities)|fil(?:e|ed)",
    ),
    (
        r"refused?|declined?",
        r"refus|declin|reject|den(?:y|ied)|unwilling|not want|n['’]t want|oppos|turn\w* (?:down|away)|would not",
    ),
    (r"resign(?:ed)?|step(?:ped)? down|retired?", r"resign|step\w* down|stood down|retir|quit|former|left|leav"),
    (
        r"fired?|sack(?:ed)?",
        r"fir(?:ed|ing)\b|sack|l[ai][iy]d? off|lay\w* off|dismiss|let go|furlough|remov|lost (?:his|her|their) jobs?",
    ),
    (r"buy|bought|purchased?", r"buy|bought|purchas|acquir|own"),
    (
        r"run for|ran for|elect(?:ed)?|appoint(?:ed)?|become",
        r"elect|r[au]n for|candida|appoint|bec[oa]m|named|new\b|first|is (?:the|a|an)\b|grew|evolv|turn|has been|as (?:a|an|the)\b",
    ),
    (r"recogni[sz]ed?", r"recogni[sz]|accept|acknowledg|grant"),
    (r"confess(?:ed)?|admit(?:ted)?", r"confess|admit|acknowledg|said"),
    (r"escaped?|br[eo]a?k out", r"escap|fle[ed]|g[eo]t (?:away|out)|r[au]n away|slip|br[eo]a?k\w* out"),
    (r"found(?:ed)?(?! (?:in|at|on|by|to|near|that)\b)", r"found|creat|set up|establish|start|launch|origin|born|form"),
)
DEEDS = tuple(
    (re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), re.compile(rf"\b(?:{told})", re.IGNORECASE))
    for asked, told in _WAYS
)
"""Of each deed the verb as a question has it, and the beginnings of the words in which a text tells it."""
