"""Owns what a single paragraph shows of standing at the start, in the middle or at the end of an article. It does not own what it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.corpus.articles.smallwords import LEANING_WORDS

_SEPARATOR = re.compile(r"[\W_]{3,}")
_TERMINAL = re.compile(r"[.!?…؟。！？۔][\"'”’»)\]*]*$")
_QUESTION = re.compile(r"[?؟？][\"'”’»)\]]*$")
_QUOTE = re.compile(r"[\"“”„«‘'‹]")
_MARK = re.compile(r"(?:[-•*–—·▪◦►✓✔☐]|\d{1,2}[.)]|[\U0001F000-\U0001FAFF\u2600-\u27BF\u2190-\u21FF\u2B00-\u2BFF€$£])")
_LABEL = re.compile(r"[^\s:][^:\n]{0,40}:(?:\s|$)")
_CONTACT = re.compile(r"https?://|www\.|\S@\S+\.\w|\+?\d[\d\s/()-]{7,}\d")
_FULL_NAME = re.compile(r"[A-ZÀ-ÞĀ-ŽƏА-ЯЁІЇЄҐ][\w’'-]+(?: [A-ZÀ-ÞĀ-ŽƏА-ЯЁІЇЄҐ][\w’'-]+)+")
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|janv|févr|mars|avr|mai|juin|juil|août|déc|mär|okt|dez"
    r"|янв|февр|март|апр|мая|июн|июл|авг|сент|окт|нояб|дек|січ|лют|бер|квіт|трав|черв|лип|серп|вер|жовт|лист|груд"
    r"|oca|şub|nis|haz|tem|ağu|eyl|eki|kas|ara|yan|fev|iyn|iyl|avq|sen|okt|noy|dek)\w*\.?"
)
_NUMERIC_DAY = r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})"
_NAMED_DAY = rf"(?:\d{{1,2}}\.?\s+(?:de\s+)?{_MONTH}|{_MONTH}\s+\d{{1,2}}),?\s+(?:de\s+)?\d{{4}}"
_DAY = rf"(?:{_NUMERIC_DAY}|{_NAMED_DAY})"
_DATE_LABEL = re.compile(
    rf"\W*(?:date|published|posted|updated|fecha|publicado|datum|veröffentlicht|publié|дата|опубліковано"
    rf"|опубликовано|tarih|tarix|تاريخ|تاریخ)\b[ :]+"
    rf"{_DAY}",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(rf"\W*(?:\w+,\s+)?{_DAY}\W*", re.IGNORECASE)
_CAPITALISED = r"[A-ZÀ-ÞА-ЯІЇЄƏİ][\w.’'-]*"
_PLACE = rf"(?=.{{3,31}}[,( –—-]){_CAPITALISED}(?: (?:(?:am|an|de|del|do|la|le|of|on|the|upon) ){{0,2}}{_CAPITALISED}){{0,3}}"
_DATELINE = re.compile(
    rf"{_PLACE}(?:,\s+[\w.’' -]{{2,30}})?(?:,?\s+{_DAY}|,?\s+\([\w .-]{{2,20}}\))*\s+[–—-]{{1,2}}\s+[A-ZÀ-ÞА-ЯІЇЄ]"
)
_BYLINE = re.compile(
    r"(?:By|By:|Written by|Von|Par|Por|Автор:?|Текст:?|Yazar:?|Müəllif:?|بقلم|نوشته)\s+[^\W\d_a-z][\w.’'-]+(?:\s+[\w.’',&-]+){0,7}"
)
_END = re.compile(
    r"(?:you must (?:be logged|log) in\b|(?:log|sign) in to (?:comment|reply|post)|leave a (?:comment|reply)|comments are closed|\d+ comments?$"
    r"|filed under|tags?:\s|(?:the )?end\.?$|###|read the full (?:story|article)|originally published|all rights reserved|©"
    r"|inicia(?:r)? sesión para|deja un comentario|connectez-vous pour|laisser un commentaire|melden sie sich an, um|kommentar schreiben"
    r"|войдите, чтобы|оставить комментарий|увійдіть, щоб|yorum yap|şərh yaz|سجل الدخول|برای ثبت نظر)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:.*\b(?:follow (?:us |along )?for (?:further|more)|subscribe for|get in touch if|thanks? for (?:watching"
    r"|listening|reading)|like and subscribe)\b"
    r"|.*(?:gracias por (?:ver|escuchar|leer)|suscríbete para|merci d’avoir|abonnez-vous pour|danke fürs"
    r"|abonniert? .{0,30} für mehr|спасибо за просмотр"
    r"|подпи(?:шитесь|сывайтесь), чтобы|дякуємо за перегляд|підпи(?:шіться|суйтесь), щоб|izlediğiniz için"
    r"|abone olun|izlədiyiniz üçün|شكرا للمشاهدة))",
    re.IGNORECASE | re.DOTALL,
)
_MEDIA_OPENING = re.compile(
    r"\b(?:in (?:this|today[’']s)(?: \w+)? (?:video|episode|interview|conversation|podcast|webinar|talk)\b"
    r"|we (?:sit|sat) down with|welcome (?:back )?to\b"
    r"|en est[ea] (?:vídeo|video|episodio|entrevista|podcast)|dans (?:cette|cet) (?:vidéo|épisode|entretien)"
    r"|in (?:diesem|dieser) (?:video|folge|gespräch)"
    r"|в этом (?:видео|выпуске|эпизоде|интервью)|у цьому (?:відео|випуску|епізоді|інтервʼю)|bu (?:videoda|bölümde|söyleşide|epizodda|müsahibədə)"
    r"|في هذ[اه] (?:الفيديو|الحلقة|المقابلة)|در این (?:ویدیو|قسمت|گفتگو))",
    re.IGNORECASE,
)
_READER_QUESTION = re.compile(
    r"(?:are|do|have|would|ready|thinking|looking|want|wondering|considering)\b[^.!?]{5,160}\?\s+\S", re.IGNORECASE
)
_ANAPHORS = frozenset(LEANING_WORDS.split())
_INDEFINITE = frozenset(
    ("a", "an", "ein", "eine", "einer", "un", "une", "uno", "una", "um", "uma", "bir", "один", "одна", "одно")
)
_ENDS_QUOTED = re.compile(r"[\"”»“][.!?]?$")
_FOOTNOTE = re.compile(r"[*†‡]+[^\W_]")
_FIRST_WORD = re.compile(r"\W*([^\W\d_]+)")
HEADLINE_CHARS = 120
_SHORT_CHARS = 60
_HEAD_CHARS = 400
_PROMPT_CHARS = 250


@dataclass(frozen=True, slots=True)
class Cues:
    """What one paragraph shows by itself.

    aside: it is no text of the article, as a prompt or a rule.  goes_on: it cannot start an article, as it goes on with the line before.
    """

    aside: bool
    goes_on: bool
    rule: bool
    ending: bool
    closing: bool
    headline: bool
    question: bool
    quoted: bool
    anaphor: bool
    mark: bool
    label: bool
    ends_open: bool
    colon: bool
    short: bool
    contact: bool
    date_label: bool
    date_line: bool
    dateline: bool
    byline: bool
    media_opening: bool
    reader_question: bool
    full_names: int
    indefinite: bool
    ends_quoted: bool


def cues_of(text: str, *, furniture: bool = False) -> Cues:
    """The cues of one paragraph; `furniture` where it is known to be no text."""
    head = text[:_HEAD_CHARS]
    first = _FIRST_WORD.match(head)
    terminal = _TERMINAL.search(text[-8:]) is not None
    brief = len(text) <= HEADLINE_CHARS
    date_label = _DATE_LABEL.match(head) is not None
    rule = _SEPARATOR.fullmatch(head) is not None
    ending = brief and _END.match(text) is not None
    closing = len(text) <= _PROMPT_CHARS and _CLOSING.match(text) is not None
    return Cues(
        aside=furniture or rule or ending or closing,
        goes_on=furniture
        or rule
        or ending
        or closing
        or _FOOTNOTE.match(text) is not None
        or (text[:1].islower() and not date_label),
        rule=rule,
        ending=ending,
        closing=closing,
        headline=brief and not terminal and len(text.split()) > 1 and text[-1:] not in ":,;",
        question=brief and _QUESTION.search(text) is not None,
        quoted=_QUOTE.match(text) is not None,
        anaphor=first is not None and first.group(1).casefold() in _ANAPHORS,
        mark=_MARK.match(text) is not None,
        label=_LABEL.match(head) is not None,
        ends_open=not terminal,
        colon=text.endswith((":", "：")),
        short=len(text) <= _SHORT_CHARS,
        contact=_CONTACT.search(head) is not None,
        date_label=date_label,
        date_line=_DATE_LINE.fullmatch(head) is not None,
        dateline=_DATELINE.match(head) is not None,
        byline=brief and _BYLINE.fullmatch(text) is not None,
        media_opening=_MEDIA_OPENING.search(head) is not None,
        reader_question=_READER_QUESTION.match(head) is not None,
        full_names=len(_FULL_NAME.findall(head)),
        indefinite=first is not None and first.group(1).casefold() in _INDEFINITE,
        ends_quoted=_ENDS_QUOTED.search(text[-4:]) is not None,
    )
