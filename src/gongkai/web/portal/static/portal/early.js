/* Runs before the first paint, so that nothing jumps when the page learns that scripts work. */
document.documentElement.classList.add("js");
