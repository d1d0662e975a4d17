"""Owns small invented stories told by two or three sources: some cannot all be true, some only look so. It does not own what is made of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """A question and its sources, each an article in Markdown; `sides`: the words that cannot all be true, none where there is no conflict."""

    name: str
    question: str
    sources: tuple[str, ...]
    sides: tuple[str, ...] = ()


CONFLICTS = (
    Case(
        "court outcome",
        "Was Jorun Halvik convicted of smuggling?",
        (
            "# Verdict in the Marrenfell case\n\nThe trial had taken nine weeks and filled the small courtroom every day.\n\n"
            "On Tuesday the district court of Marrenfell found Jorun Halvik guilty of smuggling. Her lawyer did not want to comment.\n\n"
            "The goods, crates of lamp oil, had been seized at the pier.",
            "# A long trial ends\n\nSupporters waited outside with thermos flasks and songs.\n\n"
            "Jorun Halvik was cleared of smuggling by the judges in Marrenfell. She said she would go back to her boat.\n\n"
            "The harbour master called the case a waste of public money.",
        ),
        ("guilty", "cleared"),
    ),
    Case(
        "head count",
        "How many people marched in Brellin on Saturday?",
        (
            "# Brellin takes to the streets\n\nThe sun was out, and the band of the tram drivers played.\n\n"
            "About 4,000 people marched through Brellin on Saturday for the right to stay, the organisers said.\n\n"
            "The march ended at the old mill.",
            "# Quiet Saturday for the police\n\nA few bicycles were reported stolen.\n\n"
            "Police put the turnout at Saturday's march in Brellin at 900. Nobody was hurt.\n\n"
            "The market square was swept by the evening.",
        ),
        ("4,000", "900"),
    ),
    Case(
        "date of an arrest",
        "When was Teodor Vask arrested?",
        (
            "# Poet held in Orsk Haven\n\nFriends of the poet have started a petition.\n\n"
            "Teodor Vask was arrested on 12 May 2031 at his flat above the bakery.\n\n"
            "His poems had been read aloud in the tram.",
            "# Ministry answers critics\n\nThe ministry published a short statement on its website.\n\n"
            "Officers detained Teodor Vask on 17 May 2031, a spokesman said. He gave no reason.\n\n"
            "Two embassies asked for a meeting.",
        ),
        ("12 May 2031", "17 May 2031"),
    ),
    Case(
        "place of a protest",
        "Where did the rope makers protest on 3 June?",
        (
            "# Rope makers demand back pay\n\nThe rope makers have not been paid since winter.\n\n"
            "The protest of the rope makers on 3 June was held in Quillport, in front of the customs hall.\n\n"
            "Their union counts sixty members.",
            "# Anger over unpaid wages\n\nThe owners of the rope works say that buyers are late.\n\n"
            "The rope makers held their protest on 3 June in Sendermouth, where the owners live.\n\n"
            "A choir joined them at noon.",
        ),
        ("Quillport", "Sendermouth"),
    ),
    Case(
        "sum of money",
        "How much did the Lantern Fund pay for the shelter in Osk?",
        (
            "# A roof for newcomers\n\nThe house has eleven rooms and a garden with plum trees.\n\n"
            "The Lantern Fund paid €240,000 for the shelter in Osk, its treasurer said.\n\n"
            "The first guests are expected in spring.",
            "# Council sells the old school\n\nThe council needed money for the bridge.\n\n"
            "It sold the shelter in Osk to the Lantern Fund for €310,000. The vote was close.\n\n"
            "A plaque will remember the teachers.",
        ),
        ("€240,000", "€310,000"),
    ),
    Case(
        "age",
        "How old is Mirel Atanu?",
        (
            "# The baker of Lumen Street\n\nHer rolls sell out before eight.\n\n"
            "Mirel Atanu, 34, learned to bake in a camp kitchen.\n\nShe now trains two apprentices.",
            "# Faces of the new town\n\nEvery month we meet somebody who came to stay.\n\n"
            "Mirel Atanu is 38 and has never lived in one place for so long. She laughs when she says it.\n\n"
            "Her shop smells of aniseed.",
        ),
        ("34", "38"),
    ),
    Case(
        "length of a sentence",
        "How long was the prison sentence of Sorin Dalca?",
        (
            "# Singer jailed\n\nThe hall was too small for everybody who came.\n\n"
            "Sorin Dalca was sentenced to three years in prison. He waved to his mother.\n\nHe has ten days to appeal.",
            "# Songs in the courtyard\n\nStudents sang until the gates were shut.\n\n"
            "The judge gave Sorin Dalca a prison sentence of five years, a clerk said.\n\nThe clerk asked not to be named.",
        ),
        ("three years", "five years"),
    ),
    Case(
        "death toll of three sources",
        "How many people died when the Orlesa sank?",
        (
            "# The Orlesa goes down\n\nThe sea was rough that night.\n\nThirty-one people died when the Orlesa sank, the coast guard said.\n\n"
            "Fishermen pulled others out.",
            "# A harbour mourns\n\nCandles stand on the wall.\n\nThe sinking of the Orlesa killed 44 people, according to the mayor.\n\n"
            "A mass will be held.",
            "# Questions after the wreck\n\nThe owner has not been found.\n\nWhen the Orlesa sank, 31 people died.\n\n"
            "The ship was forty years old.",
        ),
        ("31", "44"),
    ),
    Case(
        "date of a ruling",
        "When did the court in Palm Vale rule on the camp?",
        (
            "# Camp may stay\n\nThe tents stand in two rows.\n\nThe court in Palm Vale ruled on the camp on 4 April 2033.\n\nThe mayor was silent.",
            "# Neighbours lose\n\nThe neighbours had paid for three lawyers.\n\n"
            "In its ruling of 11 April 2033 the court in Palm Vale allowed the camp.\n\nThey may not appeal.",
        ),
        ("4 April 2033", "11 April 2033"),
    ),
    Case(
        "place of an arrest",
        "Where was Ilka Brandt arrested?",
        (
            "# Nurse in custody\n\nHer patients wrote to the minister.\n\nIlka Brandt was arrested in Tessmar on her way to work.\n\n"
            "She had no lawyer that day.",
            "# What we know of the nurse\n\nThe hospital has two wards.\n\nPolice detained Ilka Brandt in Holm, her sister said.\n\n"
            "The sister has not seen her since.",
        ),
        ("Tessmar", "Holm"),
    ),
    Case(
        "released or held",
        "Has Ilka Brandt been released?",
        (
            "# Nurse goes home\n\nHer neighbours had baked.\n\nIlka Brandt was released from the prison in Holm.\n\nShe slept for a day.",
            "# Still behind walls\n\nThe visiting room is closed.\n\nIlka Brandt remains in custody in the prison in Holm, her lawyer said.\n\n"
            "Letters are not delivered.",
        ),
        ("released", "custody"),
    ),
    Case(
        "a bribe",
        "How much did the guards demand from Pavo Lien?",
        (
            "# The price of a door\n\nHe came at night.\n\nThe guards demanded $700 from Pavo Lien, he told us.\n\nHe had twelve.",
            "# Testimony of a tailor\n\nThe tailor speaks softly.\n\nPavo Lien said that the guards wanted 1,500 dollars.\n\n"
            "He sold his sewing machine.",
        ),
        ("$700", "1,500 dollars"),
    ),
)


LOOK_ALIKES = (
    Case(
        "another year",
        "How many people marched in Brellin?",
        (
            "# Brellin then\n\nIn 2029 the march was young.\n\nIn 2029 some 4,000 people marched in Brellin.\n\nIt rained all day.",
            "# Brellin now\n\nThe march has become a habit.\n\nIn 2030 only 900 people marched in Brellin.\n\nThe sun was out.",
        ),
    ),
    Case(
        "another person",
        "When was Teodor Vask arrested?",
        (
            "# Poet held\n\nFriends have started a petition.\n\nTeodor Vask was arrested on 12 May 2031.\n\nHe writes poems.",
            "# A family under watch\n\nThe house is watched.\n\nHis brother Emil Vask was arrested on 17 May 2031.\n\nHe repairs clocks.",
        ),
    ),
    Case(
        "another place",
        "How many people died in the fire in Osk?",
        (
            "# Fire in Osk\n\nThe sirens were heard for miles.\n\nSeven people died in the fire in Osk.\n\nThe mill is gone.",
            "# Fire in Lumen\n\nThe wind drove the flames along the quay.\n\nTwelve people died in the fire in Lumen.\n\nThe quay was closed.",
        ),
    ),
    Case(
        "a part of the whole",
        "How many people were detained at the pier in Quillport?",
        (
            "# Raid at the pier\n\nThe raid began at dawn.\n\nTwenty people were detained at the pier in Quillport.\n\nA lawyer went in at noon.",
            "# After the raid\n\nFamilies waited with blankets.\n\nOf the people detained at the pier in Quillport, six were let go by evening.\n\n"
            "Tea was served.",
        ),
    ),
    Case(
        "a count of another thing",
        "How many people live in the camp at Sendermouth?",
        (
            "# Life at the camp\n\nThe school has two teachers.\n\nAn estimated 2,000 people live in the camp at Sendermouth.\n\nWater is brought.",
            "# Winter is coming\n\nVolunteers bring stoves.\n\nThe camp at Sendermouth has 310 tents, where people live without heating.\n\n"
            "The road is muddy.",
        ),
    ),
    Case(
        "two decisions",
        "Was Jorun Halvik granted asylum?",
        (
            "# A decision at last\n\nThe letter came by post.\n\nJorun Halvik was granted asylum on Monday.\n\nHer sister wept.",
            "# No bail for sailor\n\nThe hearing took ten minutes.\n\nThe court refused Jorun Halvik a licence for her boat on Monday.\n\n"
            "The boat lies at the pier.",
        ),
    ),
    Case(
        "asked for and given",
        "How long was the prison sentence of Sorin Dalca?",
        (
            "# Singer jailed\n\nThe hall was small.\n\nSorin Dalca was sentenced to three years in prison.\n\nHe waved.",
            "# Trial of a singer\n\nIt rained.\n\nThe prosecutor asked for a prison sentence of eight years for Sorin Dalca.\n\nShe wrote.",
        ),
    ),
    Case(
        "a toll that rose",
        "How many people died when the Orlesa sank?",
        (
            "# The Orlesa goes down\n\nThe sea was rough.\n\nThirty-one people died when the Orlesa sank.\n\nFishermen helped.",
            "# More bodies found\n\nDivers came.\n\nThe number of people who died when the Orlesa sank has risen to 44.\n\nA mass will be held.",
        ),
    ),
    Case(
        "most that the law allows",
        "How long was the prison sentence of Sorin Dalca?",
        (
            "# Singer jailed\n\nThe hall was small.\n\nSorin Dalca was sentenced to three years in prison.\n\nHe waved.",
            "# What the law says\n\nA reader asked.\n\nFor what Sorin Dalca sang the law allows a prison sentence of up to ten years.\n\nIt is old.",
        ),
    ),
    Case(
        "an age at an event",
        "How old is Mirel Atanu?",
        (
            "# The baker\n\nHer rolls sell out.\n\nMirel Atanu, 34, bakes at night.\n\nShe trains apprentices.",
            "# A long road\n\nIt began by boat.\n\nMirel Atanu was 19 when she left home.\n\nShe had one bag.",
        ),
    ),
    Case(
        "a second arrest",
        "When was Teodor Vask arrested?",
        (
            "# Poet held\n\nFriends have started a petition.\n\nTeodor Vask was arrested on 12 May 2031.\n\nHe writes poems.",
            "# Poet held once more\n\nFriends are tired.\n\nTeodor Vask was arrested again on 2 July 2031.\n\nHe had been free for a month.",
        ),
    ),
    Case(
        "a price for another time",
        "How much did the Lantern Fund pay for the shelter in Osk?",
        (
            "# A roof\n\nThe house has eleven rooms.\n\nThe Lantern Fund paid €240,000 for the shelter in Osk.\n\nThere is a garden.",
            "# What it takes\n\nWood is dear.\n\nThe Lantern Fund pays €3,100 a month to heat the shelter in Osk.\n\nWinters are long.",
        ),
    ),
)
