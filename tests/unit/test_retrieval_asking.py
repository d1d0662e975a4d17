"""Owns the tests of question words of other languages."""

from __future__ import annotations

import pytest

from assistant.retrieval.asking import asked_abroad
from assistant.retrieval.kinds import Kind, kind_asked


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("¿Cuántas barcas hay?", Kind.NUMBER),
        ("Combien de barques y a-t-il ?", Kind.NUMBER),
        ("Wie viele Boote liegen hier?", Kind.NUMBER),
        ("Сколько лодок в гавани?", Kind.NUMBER),
        ("Limanda kaç tekne var?", Kind.NUMBER),
        ("Limanda neçə qayıq var?", Kind.NUMBER),
        ("كم قاربا في الميناء؟", Kind.NUMBER),
        ("چند قایق در بندر است؟", Kind.NUMBER),
        ("¿Cuántos meses duró?", Kind.DURATION),
        ("Как долго он плыл?", Kind.DURATION),
        ("Сколько лет он плыл?", Kind.DURATION),
        ("Wie lange dauerte es?", Kind.DURATION),
        ("كم ساعة يقود؟", Kind.DURATION),
        ("¿Cuándo zarpó?", Kind.DATE),
        ("En quelle année ?", Kind.DATE),
        ("Em que ano?", Kind.DATE),
        ("Коли він відплив?", Kind.DATE),
        ("Nə vaxt getdi?", Kind.DATE),
        ("در چه سالی؟", Kind.DATE),
        ("¿Qué edad tiene?", Kind.AGE),
        ("Quel âge a-t-elle ?", Kind.AGE),
        ("Neçə yaşı var?", Kind.AGE),
        ("¿Cuánto dinero pagó?", Kind.MONEY),
        ("Какую сумму он отдал?", Kind.MONEY),
        ("¿Quién zarpó?", Kind.ANYTHING),
        ("When did it sail?", Kind.DATE),
        ("Quantum boats of Dijon", Kind.ANYTHING),
    ],
)
def test_what_a_question_asks_for(question: str, kind: Kind) -> None:
    assert kind_asked(question) is kind


def test_english_is_not_read_here() -> None:
    assert asked_abroad("How many boats are there, and when did they come?") is None
