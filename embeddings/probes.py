"""Owns the texts by which it is found where a model has its cosines (`scale`). It does not own what is made of them."""

from __future__ import annotations

PROBES = (
    (
        "When does the bakery open on Sundays?",
        "On Sundays the bakery opens at half past seven and sells its last loaves by noon.",
    ),
    (
        "Who repaired the church organ?",
        "The organ was taken apart and repaired by a workshop from the coast, which needed eleven weeks for it.",
    ),
    (
        "How deep is the lake?",
        "Divers measured the lake last autumn and found the bottom at forty-three metres below the jetty.",
    ),
    (
        "Why was the bridge closed to lorries?",
        "Cracks had been found in two of its pillars, so the bridge was closed to lorries until spring.",
    ),
    (
        "What do the bees feed on in August?",
        "In August little else is in flower, and the bees live mostly on heather and late clover.",
    ),
    (
        "Which film won the prize of the audience?",
        "The audience gave its prize to a film about a lighthouse keeper and his deaf sister.",
    ),
    (
        "How much does a season ticket for the pool cost?",
        "A season ticket for the open-air pool costs sixty euros, for children half of that.",
    ),
    (
        "What caused the fire in the mill?",
        "The fire brigade believes that an overheated bearing set light to the flour dust in the mill.",
    ),
    (
        "Where are the museum's oldest coins kept?",
        "Its oldest coins lie in a steel cabinet in the cellar and are shown once a year.",
    ),
    (
        "How long does the ferry take to the island?",
        "With a calm sea the ferry reaches the island in fifty minutes, in winter it takes over an hour.",
    ),
    (
        "What illness did the vet find in the sheep?",
        "The vet took blood from nine sheep and found liver fluke in all but one of them.",
    ),
    (
        "Who coaches the women's rowing team?",
        "Since January the women's rowing team has been coached by a former world champion in the single scull.",
    ),
    (
        "How do you keep bread from going stale?",
        "Bread stays fresh longest in an earthenware pot, cut side down, and never in the refrigerator.",
    ),
    (
        "Why did the orchestra cancel its tour?",
        "Three of its players had broken bones in a coach accident, and the orchestra called off the whole tour.",
    ),
    (
        "What is the new library built of?",
        "The new library is built of larch and of bricks that were saved from the old brewery.",
    ),
    (
        "How many people live in the valley?",
        "About two thousand people live in the valley, a third fewer than fifty years ago.",
    ),
    (
        "When was the telescope delivered?",
        "The telescope came on two lorries in the first week of March and was mounted the same month.",
    ),
    (
        "What does the choir sing at Easter?",
        "At Easter the choir sings a mass for double choir that a local teacher wrote in 1890.",
    ),
    (
        "Which trees were planted along the canal?",
        "Along the canal the town has planted poplars and, where the bank is damp, black alders.",
    ),
    (
        "How is the cheese given its blue veins?",
        "Before it ripens the cheese is pierced with long needles, so that air lets the blue mould grow.",
    ),
)
"""Twenty questions on everyday subjects, each with a passage that answers it and no other."""
