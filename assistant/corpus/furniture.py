"""Owns telling article text from what surrounds it on a page: prompts, captions, notices, breadcrumbs. It does not remove any of it.

Thin on purpose: a paragraph is furniture only when it matches one of these patterns whole, so that no sentence of an article is lost. The
prompts are in the ten languages read most here. A pull quote is text, even one that repeats a paragraph: it may be the only copy of its
words. So is a caption that names who is seen, and a line of credit after it.
"""

from __future__ import annotations

import re

MAX_CHARS = 320
"""A longer paragraph is text, whatever it says."""

_LABELS = (
    r"(?:related(?: (?:stories|articles|coverage|reading))?|read (?:more|next|also)|see also|more like this|more from [\w ’'-]{2,40}"
    r"|recommended(?: for you)?|you may also like|editors?[’'] picks?|don[’']t miss|up next|most (?:read|popular)|trending(?: now)?"
    r"|relacionad[oa]s?|lea también|leer más|le(?:er|a) también|te puede interesar|à lire aussi|lire aussi|sur le même sujet|articles liés"
    r"|mehr zum thema|lesen sie auch|das könnte sie (?:auch )?interessieren|читайте также|по теме|смотрите также|похожие (?:статьи|материалы)"
    r"|читайте також|за темою|дивіться також|ilgili (?:haberler|yazılar)|bunlar da ilginizi çekebilir|oxşar xəbərlər|həmçinin oxuyun"
    r"|اقرأ أيضا(?:ً)?|مواضيع ذات صلة|مطالب مرتبط|بیشتر بخوانید)\W*"
)
_ADVERTS = (
    r"(?:advertisement|sponsored(?: content)?|publicidad|publicité|anzeige|werbung|реклама|reklam|إعلان|آگهی|skip (?:ad|to (?:main )?content))\W*",
)
_ADDRESS = r"(?:https?://|www\.)[^\s]{3,120}\W{0,3}"
_PROMOTING = (
    r"(?:are you )?(?:ready|looking|planning|hoping|want) to\b[^.?!]{3,100}\?\s+(?:join|discover|book|get|contact|call|visit|click|start|sign up"
    r"|download|order|let us)\b.{0,260}",
    rf"(?:.{{1,240}}[.!?]\s+)?check (?:(?:it|them|us|him|her) out|out [^.!?]{{2,60}})(?: today| now| here)?(?: at| on|:)?\s{{1,3}}{_ADDRESS}",
    rf"(?:.{{1,240}}[.!?]\s+)?(?:buy|book|order|get) (?:your|yours|it|them)\b[^.!?]{{0,60}}\s{_ADDRESS}",
    r"(?:all )?links? (?:is |are )?(?:in|below in) (?:the |my |our )?(?:bio|description|comments)\b.{0,80}",
)
_SUBSCRIBING = (
    r"never miss a (?:beat|story|thing)\W*",
    r"\W*subscribe\b.{0,160}\b(?:newsletters?|updates|guides|today|headlines|inbox|mailing list|channel)\b.{0,120}",
    r"\W*(?:sign up|register|join|get)\b.{0,120}\b(?:newsletters?|mailing list|(?:in|to) your inbox)\b.{0,80}",
    r"[“\"]?(?:.{1,120}[.!?] )?follow (?:us |along )?for (?:further|more) (?:updates|news|stories)\b.{0,100}",
    r"(?:enter|your) e-?mail(?: address)?\W*|thanks? (?:you )?for (?:subscribing|signing up|reading|watching|listening)\b.{0,80}",
    r"(?:support our (?:journalism|reporting)|become a (?:supporter|subscriber))\b.{0,120}",
    r"(?:suscríbe(?:te|tete)?|suscríbase)\b.{0,160}|abonnez-vous\b.{0,160}|inscrivez-vous à (?:notre|la) (?:newsletter|lettre).{0,120}",
    r"(?:abonnieren sie|(?:jetzt )?(?:unseren )?newsletter (?:abonnieren|bestellen)|melden sie sich\b.{0,60}\bnewsletter)\b.{0,160}",
    r"подпи(?:шитесь|сывайтесь|саться)\b.{0,160}|підпи(?:шіться|суйтесь|суйтеся|сатися)\b.{0,160}",
    r".{0,80}\b(?:bültenimize|e-bültene)\b.{0,60}\b(?:abone|kaydol)\w*.{0,40}|abunə olun\b.{0,120}|abone ol(?:un)?\b.{0,80}",
    r"(?:اشترك(?:وا)? (?:في|الآن)|سجل(?:وا)? في النشرة|مشترک (?:شوید|خبرنامه)|عضو (?:شوید|خبرنامه)).{0,120}",
)
_COMMENTING = (
    r"you must (?:be logged|log) in\b.{0,60}\bcomments?\W*",
    r"(?:log|sign) in(?: or (?:register|sign up))? to (?:comment|reply|post|continue|read)\b.{0,60}",
    r"leave a (?:comment|reply)\W*|\d+ comments?\W*|comments? (?:are )?(?:closed|\(\d+\))\W*|(?:be the first to|post a|view) comments?\W*",
    r"(?:debes )?inicia(?:r)? sesión (?:para|y)\b.{0,80}|(?:deja|dejar) un comentario\W*|(?:vous devez être connecté|connectez-vous) pour\b.{0,80}",
    r"(?:sie müssen (?:sich|angemeldet)|melden sie sich an)\b.{0,80}\bkommentar\w*.{0,40}|laisse[rz] un commentaire\W*|kommentar schreiben\W*",
    r"(?:войдите|авторизуйтесь|зарегистрируйтесь),? чтобы\b.{0,80}|оставить комментарий\W*|(?:увійдіть|зареєструйтесь),? щоб\b.{0,80}",
    r"yorum (?:yap|yaz)\w*(?: için\b.{0,60})?\W*|şərh (?:yaz|bildir)\w*\W*",
    r"يجب تسجيل الدخول.{0,60}|سجل الدخول.{0,60}|برای (?:ثبت )?نظر.{0,60}",
)
_SHARING = (
    r"share(?: this(?: article| story| post| page)?)?(?: (?:on|via) [\w ,/&-]{1,60})?\W*",
    r"(?:(?:facebook|twitter|x|whatsapp|telegram|e-?mail|print|link|copy link)\W*){2,}",
    r"(?:follow|like|find) (?:us|me) on .{0,80}|(?:compart[ei]r?|partager|teilen|поделиться|поділитися|paylaş|شارك|به اشتراک بگذارید)\W*",
    r"s[ií]guenos en .{0,80}|suivez-nous sur .{0,80}|folgen sie uns (?:auf|bei) .{0,80}|bizi takip edin.{0,60}|bizi izləyin.{0,60}|تابعونا.{0,60}",
)
_CAPTIONS = (
    r"(?:illustration|photo(?:graph)?|image|picture|credit|caption|source|foto|fotografía|imagen|ilustración|bild|abbildung|grafik|crédit photo"
    r"|иллюстрация|фото|снимок|изображение|ілюстрація|світлина|fotoğraf|görsel|illüstrasyon|şəkil|صورة|رسم|عکس|تصویر)\s*[:©|/]\s*.{1,60}",
    r"(?:иллюстрация|ілюстрація|illustration|ilustración)\s[^.!?]{1,40}",
    r"©.{1,80}|\(?(?:getty images|reuters|ap photo|afp)(?:[/|,].{1,60})?\)?",
)
_ABOUT_THE_SITE = (
    r"(?:главная|головна|home|inicio|accueil|startseite|ana sayfa|ana səhifə|الرئيسية|خانه)\s*(?:[>›»/|]|featured).{0,200}",
    r"[^.!?>›]{1,40}(?:\s*[>›]\s*[^.!?>›]{1,60}){2,}",
    r"(?:tags?|filed under|etiquetas|schlagw[oö]rter|теги|метки|etiketler|teqlər)\s*:.{1,160}",
    r"\d{1,2} min(?:ute)?s? read\W*|(?:back to top|next (?:article|post)|previous (?:article|post)|load more|show more)\W*",
    r"read the full (?:story|article)\W*",
    r".{0,60}\b(?:we use cookies|uses? cookies|accept (?:all )?cookies|cookie (?:settings|policy|preferences))\b.{0,220}",
    r".{0,60}(?:utiliza(?:mos)? cookies|utilis(?:e|ons) des cookies|verwende[nt] cookies|использу(?:ет|ем) (?:файлы )?cookie).{0,220}",
    r".{0,60}çerez(?:ler)? kullan.{0,220}",
    r"(?:all rights reserved|todos los derechos reservados|tous droits réservés|alle rechte vorbehalten|все права защищены)\b.{0,120}",
    r"tüm hakları saklıdır.{0,120}",
)
_PATTERNS = (_LABELS, *_ADVERTS, *_PROMOTING, *_SUBSCRIBING, *_COMMENTING, *_SHARING, *_CAPTIONS, *_ABOUT_THE_SITE)
_FURNITURE = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE | re.DOTALL)
_TEASER_LABEL = re.compile(_LABELS, re.IGNORECASE)
_TEASER_CHARS = 160


def is_furniture(text: str, before: str) -> bool:
    """Whether a paragraph is furniture; `before` is the paragraph ahead of it, since a label such as "Related" covers the teaser below."""
    bare = text.strip()
    if len(bare) > MAX_CHARS:
        return False
    if len(bare) <= _TEASER_CHARS and _TEASER_LABEL.fullmatch(before.strip()):
        return True
    return _FURNITURE.fullmatch(bare) is not None
