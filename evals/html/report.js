// Filters the questions by type and by how they were answered. Without it the page shows them all.
(() => {
  const form = document.querySelector(".filter");
  const questions = [...document.querySelectorAll(".question")];
  const count = form.querySelector("output");
  const shown = () => questions.filter((question) => !question.hidden);
  const filter = () => {
    for (const question of questions) {
      question.hidden = ["type", "verdict"].some((name) => form[name].value && form[name].value !== question.dataset[name]);
    }
    count.value = `${shown().length} of ${questions.length} shown`;
  };
  form.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("button").addEventListener("click", () => shown().forEach((question) => { question.open = true; }));
  form.hidden = false;
  filter();
})();
