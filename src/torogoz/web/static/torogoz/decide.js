// Reasons to begin with, and drafts: a button puts its text into the field that it belongs to. The form works without.
(() => {
  for (const button of document.querySelectorAll("[data-insert]")) {
    button.addEventListener("click", () => {
      const field = document.getElementById(button.dataset.insert);
      const text = button.textContent.trim();
      field.value = field.value.trim() ? `${field.value.trim()} ${text} ` : `${text} `;
      field.focus();
    });
  }
  for (const button of document.querySelectorAll("[data-replace]")) {
    button.addEventListener("click", () => {
      const field = document.getElementById(button.dataset.replace);
      field.value = button.dataset.text;
      field.focus();
    });
  }
  const problems = document.getElementById("problems");
  if (problems) problems.focus();
})();
