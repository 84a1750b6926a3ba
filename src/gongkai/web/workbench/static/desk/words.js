// Puts an offered sentence or a number where the cursor is. Without this script the button adds it at the end.
(function () {
  "use strict";
  var field = document.getElementById("w-words");
  if (!field) { return; }
  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-insert]");
    if (!button) { return; }
    event.preventDefault();
    field.setRangeText(button.getAttribute("data-insert"), field.selectionStart, field.selectionEnd, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
