"""Owns how languages other than English show in a text who speaks, and what they call him or her. It does not own who is a person.

Verbs that report, pronouns that open a sentence, and the first person. Only pronouns that are words of their own and mean a person are
here: not the dropped ones of Spanish or Turkish, nor Arabic's within the verb; of German `Sie` and French `il` the forms that mean no
person are left out. `o` of Turkish and Azerbaijani is a person's where a comma parts it from what follows, else it may be `that`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from assistant.corpus.articles.smallwords import FUNCTION_WORDS, LEANING_WORDS, SHORT_WORDS

UPPER = f"[{''.join(c for c in map(chr, range(0x590)) if c.isupper())}]"
WORD = rf"{UPPER}[\w’'-]*[\w]"
NAME = rf"(?P<name>{WORD}(?: (?:(?:de|del|van|von|bin|al|el|da|di) )?(?:{UPPER}\. )?{WORD}){{0,3}})\*?"
_FULL_NAME = NAME.replace("{0,3}", "{1,3}")
_LETTERS = r"[\u0621-\u064a\u066e-\u06d3\u200c]{2,}"
_BARE_NAME = rf"(?P<name>{_LETTERS} (?!ال){_LETTERS}(?: {_LETTERS})??|{_LETTERS} ال{_LETTERS})"
"""A name in a script without capitals: two words or three, found between words that cannot be its own."""


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """What shows speakers in one language.

    person: patterns with the group `name` that only persons match.  speaking: those of them that give words.
    pronoun: he or she at the start of a paragraph, as the groups `he`, `she` or `either`.  said: he or she after a quotation, alike.
    first_person: `I`, `my`, `we`.  openers: words that open a sentence and are no part of a name.
    title: a word before a name, with the space after it.  ending: of a case, after an apostrophe.
    refers_to_things: whether he and she may be things, too.  capitals: whether names have them.  nouns: whether all nouns do.
    """

    person: tuple[re.Pattern[str], ...]
    speaking: tuple[re.Pattern[str], ...]
    pronoun: re.Pattern[str]
    said: re.Pattern[str]
    first_person: re.Pattern[str]
    openers: frozenset[str]
    title: re.Pattern[str]
    ending: re.Pattern[str]
    refers_to_things: bool
    capitals: bool = True
    nouns: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a language as patterns; {n} in `ages` is a name."""

    says: str
    he: str
    she: str
    either: str
    said_he: str
    said_she: str
    first: str
    ages: tuple[str, ...]


_NEVER = r"(?!)"
INSTITUTION = re.compile(
    r"(?:polic|poliz|полиц|поліц|ministeri|ministér|министерств|міністерств|bakanl|nazirli|gobierno|gouvernement|regierung|governo|правительств"
    r"|уряд|hökumət|hükümet|tribunal|gericht|верховн|суд|məhkəmə|mahkeme|amnist|naciones|nations|nações|оон|ассоциац|асоціац|fundaci|fondation"
    r"|stiftung|fundação|фонд|asociaci|association|associação|centro|zentrum|центр|mərkəz|merkez|universi|универси|універси|comisi|commission"
    r"|kommission|comissão|комисси|комісі|consejo|conseil|conselho|совет|partido|partei|партия|партія|федерац|internacional|international"
    r"|unidas|unies|unidos|dernek|derneğ|cəmiyyət|təşkilat|organiza|organisation|организац|організац|agenc|agentur|агентств)",
    re.IGNORECASE,
)
"""How words begin that make a name one of an institution."""
_OPENERS = frozenset(
    word.capitalize() for word in (FUNCTION_WORDS + SHORT_WORDS + LEANING_WORDS).split() if len(word) > 1
) | frozenset(
    """Según Cuando Señora Señor Doña Don Selon Lorsque Madame Monsieur Frau Herr Laut Segundo Senhora Senhor Dona Quando По Как Госпожа Господин
    За Як Пані Пан Bayan Bay Xanım Cənab Avukat Aktivist Vəkil""".split()  # noqa: SIM905
)
_GERMAN_TITLE = (
    r"(?:\w*(?:sprecher|minister|anwält|anwalt|aktivist|direktor|leiter|präsident|professor|richter|berater|mitarbeiter|gründer|journalist"
    r"|forscher|kanzler|meister|expert|politiker|sekretär|wissenschaftler|koordinator|autor|künstler|lehrer|student|kolleg|ärzt)(?:e?[nrs]?|in)"
    r"|\w*(?:chef(?:in)?|beauftragte[rn]?|vorsitzende[rn]?|mutter|vater|schwester|bruder|frau|arzt|herr)) "
)
_WORDS: Mapping[str, _Words] = {
    "es": _Words(
        r"dijo|dice|contó|cuenta|explicó|explica|añadió|añade|afirmó|afirma|aseguró|asegura|señaló|señala|declaró|declara|recordó|recuerda"
        r"|relató|relata|denunció|denuncia|comentó|comenta|agregó|agrega|confesó|confiesa|advirtió|advierte|insistió|insiste|lamentó|lamenta"
        r"|manifestó|sostuvo|sostiene",
        r"Él", r"Ella", _NEVER, r"él", r"ella", r"yo|me|mi|mis|mí|conmigo|nos|nosotr[oa]s|nuestr[oa]s?",
        (r"{n}, de \d{{1,2}} años", r"{n} \(\d{{1,2}} años\)"),
    ),
    "fr": _Words(
        r"dit|déclare|explique|raconte|ajoute|affirme|confie|assure|estime|précise|souligne|témoigne|rappelle|poursuit|conclut"
        r"|a (?:dit|déclaré|expliqué|raconté|ajouté|affirmé|confié|assuré|estimé|précisé|souligné|témoigné|rappelé|poursuivi|conclu)",
        r"Il(?! (?:n[’'e] ?)?(?:y |faut|fallait|faudra|s[’']agi|reste|existe|semble|suffi|convien|pleu|paraît|import|vaut|arrive que|a fallu"
        r"|(?:est|était|fut|a été|serait|sera) (?!n[ée]|parti|arrivé|venu|mort|devenu|resté|rentré|revenu|allé|entré|âgé|marié|détenu|arrêté)))",
        r"Elle", _NEVER, r"(?:-t)?-il", r"(?:-t)?-elle", r"je|j[’']\w+|me|moi|mon|ma|mes|nous|notre|nos",
        (r"{n}, (?:âgée? de )?\d{{1,2}} ans", r"{n} \(\d{{1,2}} ans\)"),
    ),
    "de": _Words(
        r"sagte|sagt|erklärte|erklärt|erzählte|erzählt|berichtete|berichtet|betonte|betont|meinte|meint|ergänzte|ergänzt|kritisierte|kritisiert"
        r"|warnte|warnt|schilderte|schildert|beschreibt|beschrieb|erinnert sich|erinnerte sich",
        r"Er", r"Sie(?= (?!sind\b|seid\b)[a-zäöüß]+(?<!n)\b)", _NEVER, r"er", r"sie", r"ich|mich|mir|mein\w{0,2}|wir|uns|unser\w{0,2}",
        (r"{n} \(\d{{1,2}}\)", r"\b\d{{1,2}}-jährigen? {n}", r"{n}, \d{{1,2}} Jahre"),
    ),
    "pt": _Words(
        r"disse|diz|contou|conta|explicou|explica|afirmou|afirma|acrescentou|acrescenta|relatou|relata|declarou|declara|lembrou|lembra|recordou"
        r"|recorda|comentou|comenta|denunciou|denuncia|destacou|destaca|ressaltou|ressalta|desabafou|completou",
        r"Ele", r"Ela", _NEVER, r"ele", r"ela", r"eu|me|mim|meus?|minhas?|nós|noss[oa]s?",
        (r"{n}, (?:de )?\d{{1,2}} anos", r"{n} \(\d{{1,2}} anos\)"),
    ),
    "ru": _Words(
        r"(?:сказал|рассказал|заявил|пояснил|объяснил|отметил|добавил|вспомнил|сообщил|подчеркнул|признал|написал|поделил|уточнил|ответил|продолжил)"
        r"(?:а|ся|ась)?|говорит|рассказывает|заявляет|объясняет|отмечает|добавляет|вспоминает|считает|признаётся|признается|поясняет|продолжает|пишет",
        r"Он", r"Она", _NEVER, r"он", r"она", r"я|меня|мне|мной|мо[йяеёию]|моего|моей|мы|нас|нам|нами|наш\w{0,3}",
        (r"{n}, \d{{1,2}} (?:лет|год|года)", r"{n} \(\d{{1,2}} (?:лет|год|года)\)", r"(?<!\w)\d{{1,2}}-летн(?:ий|яя) {n}"),
    ),
    "uk": _Words(
        r"(?:сказа|розпові|заяви|поясни|зазначи|дода|згада|повідоми|підкресли|наголоси|написа|відпові|уточни|продовжи)(?:в|ла)|розповіла|розповів"
        r"|каже|говорить|розповідає|заявляє|пояснює|зазначає|додає|згадує|вважає|наголошує|пише|продовжує",
        r"Він", r"Вона", _NEVER, r"він", r"вона", r"я|мене|мені|мною|м[оі][йяєї]|моєї|ми|нас|нам|нами|наш\w{0,3}",
        (r"{n}, \d{{1,2}} (?:років|рік|роки)", r"{n} \(\d{{1,2}} (?:років|рік|роки)\)", r"(?<!\w)\d{{1,2}}-річн(?:ий|а) {n}"),
    ),
    "tr": _Words(
        r"dedi|diyor|söyledi|söylüyor|anlattı|anlatıyor|açıkladı|belirtti|belirtiyor|ekledi|ekliyor|konuştu|vurguladı|kaydetti|aktardı|ifade etti",
        _NEVER, _NEVER, r"O,", _NEVER, _NEVER, r"ben|beni|bana|benim|bizim?|bizi|bize",
        (r"{n} \(\d{{1,2}}\)", r"\b\d{{1,2}} yaşındaki {n}"),
    ),
    "az": _Words(
        r"dedi|deyir|deyib|bildirdi|bildirir|bildirib|söylədi|söyləyir|söyləyib|danışdı|danışır|danışıb|vurğuladı|vurğulayır|xatırlayır|açıqladı"
        r"|əlavə (?:etdi|edir|edib)|qeyd (?:etdi|edir|edib)|izah (?:etdi|edir|edib)",
        _NEVER, _NEVER, r"O,", _NEVER, _NEVER, r"mən|məni|mənə|mənim|biz|bizi|bizə|bizim",
        (r"{n} \(\d{{1,2}}\)", r"\b\d{{1,2}} yaşlı {n}"),
    ),
    "ar": _Words(
        r"و?(?:قالت?|أضافت?|صر[ّ]?حت?|ذكرت?|أوضحت?|أكدت?|أشارت?|روت|روى|تقول|يقول|تضيف|يضيف|تروي|يروي|تابعت?)",
        r"و?هو(?! (?:ال|ما|من|أن|الذي|أمر))", r"و?هي(?! (?:ال|ما|من|أن|التي|المرة))", _NEVER, _NEVER, _NEVER, r"أنا|نحن|لي|عندي|معي",
        (r"(?:^|[.:!؟»،] ?){n} ?[،(] ?(?:البالغة? (?:من العمر )?)?\d{{1,2}} (?:عام|سنة)",),
    ),
    "fa": _Words(
        r"گفت|می‌گوید|گفته است|افزود|توضیح داد|توضیح می‌دهد|اضافه کرد|تأکید کرد|تاکید کرد|نوشت",
        _NEVER, _NEVER, r"(?:او|وی)", _NEVER, _NEVER, r"من|مرا|خودم|ما|برایم",
        (r"(?:^|[.:!؟»،] ?){n} ?[،(] ?\d{{1,2}} ?‌?ساله",),
    ),
}  # fmt: skip
_AS = {
    "es": r"(?:la|el) (?:[a-zñáéíóú]{3,} ){1,2}",
    "fr": r"(?:(?:la|le) |l[’'])(?:[a-zàâçéèêëîïôûù]{3,} ){1,2}",
    "de": r"(?:die|der) (?:[a-zäöüß]{4,} )?",
    "pt": r"(?:a|o) (?:[a-zàáâãçéêíóôõú]{3,} ){1,2}",
    "ru": r"(?:[а-яё]{4,} ){1,2}",
    "uk": r"(?:[а-яіїєґ]{4,} ){1,2}",
}
"""What may stand between a verb that reports and a name: what he or she is."""
_THINGS_TOO = frozenset({"es", "fr", "de", "pt", "ru", "uk", "ar"})
_VERB_LAST = frozenset({"tr", "az"})
_NO_CAPITALS = frozenset({"ar", "fa"})
_ARABIC_END = r"(?= (?:إن|أن|بأن|إنها|إنه|أنها|أنه)(?!\w)|،|:)"
_PERSIAN_BEFORE = r"(?:^|[.:!؟»،] ?)"


@cache
def speech_of(language: str | None) -> Speech | None:
    """What shows speakers in a language by its ISO 639-1 code; None for English and for those that are not known."""
    code = (language or "").partition("-")[0].lower()
    words = _WORDS.get(code)
    if words is None:
        return None
    speaking = tuple(re.compile(pattern, re.MULTILINE) for pattern in _said_by(code, words.says))
    name = rf"(?<![\w’'-]){_BARE_NAME if code in _NO_CAPITALS else NAME}"
    ages = tuple(re.compile(form.format(n=name), re.MULTILINE) for form in words.ages)
    groups = rf"(?P<he>{words.he})|(?P<she>{words.she})|(?P<either>{words.either})"
    return Speech(
        person=(*speaking, *ages),
        speaking=speaking,
        pronoun=re.compile(rf"\W{{0,2}}(?:{groups})(?!\w)"),
        said=re.compile(
            rf"(?:^|[,”»—–]\s*)(?:{words.says}) ?(?:(?P<he>{words.said_he})|(?P<she>{words.said_she}))(?!\w)"
        ),
        first_person=re.compile(rf"(?<!\w)(?:{words.first})(?!\w)", re.IGNORECASE),
        openers=_OPENERS,
        title=re.compile(_GERMAN_TITLE if code == "de" else _NEVER),
        ending=re.compile(r"['’]\w{1,5}$" if code == "tr" else _NEVER),
        refers_to_things=code in _THINGS_TOO,
        capitals=code not in _NO_CAPITALS,
        nouns=code == "de",
    )


def _said_by(code: str, says: str) -> tuple[str, ...]:
    """Patterns of a name that is given words: before the verb, after it, or, where the verb ends the sentence, at the sentence's start."""
    if code == "ar":
        return (rf"(?<!\w)(?:{says}) {_BARE_NAME}{_ARABIC_END}",)
    if code == "fa":
        return (rf"{_PERSIAN_BEFORE}{_BARE_NAME} (?:{says})(?!\w)", rf"به گفتهٔ? {_BARE_NAME}،")
    if code in _VERB_LAST:
        return (
            rf"(?:^|[.!?”»] ){NAME},? [^.!?]{{0,200}}?\b(?:{says})(?=[.:,]|$)",
            rf"(?:”|»|,)\s*(?:diyen|deyən|{says}) {NAME}",
        )
    title = rf"(?:{_GERMAN_TITLE}){{0,2}}" if code == "de" else ""
    return (
        rf"(?<![\w’'-]){title}{NAME},? (?:(?:también|aussi|ainsi|auch|também|также|також) )?(?:{says})\b",
        rf"(?<!\w)(?:{says}) {title}{NAME}",
        rf"(?<!\w)(?:{says}) {_AS[code]}{title}{_FULL_NAME}",
    )
