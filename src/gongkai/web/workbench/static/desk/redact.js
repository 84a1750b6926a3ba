/* Boxes drawn on the pages of a file: by mouse, finger or keyboard. The table of the form is what is sent; without this script it is filled in by hand. */
"use strict";
(() => {
  const form = document.querySelector("[data-redact]");
  if (!form) return;
  const leaves = document.getElementById("leaves"), body = form.querySelector("tbody"), blank = form.querySelector("template");
  const said = form.querySelector("[data-said]"), draw = document.querySelector("[data-draw]");
  const svgs = new Map([...leaves.querySelectorAll("svg[data-page]")].map((svg) => [Number(svg.dataset.page), svg]));
  const boxes = new Map();
  const LEAST = 1, NAMES = ["page", "x", "y", "w", "h"];
  const field = (row, name) => row.querySelector(`[name="${name}"]`);
  const round = (value) => Math.round(value * 10) / 10;
  const clamp = (value, least, most) => Math.min(Math.max(value, least), Math.max(least, most));

  function read(row) {
    const values = NAMES.map((name) => Number(field(row, name).value));
    const typed = NAMES.every((name) => field(row, name).value.trim() !== "") && values.every(Number.isFinite);
    return typed ? { page: values[0], x: values[1], y: values[2], w: values[3], h: values[4] } : null;
  }

  function write(row, box) {
    const svg = svgs.get(box.page), width = Number(svg.dataset.width), height = Number(svg.dataset.height);
    box.w = clamp(box.w, LEAST, width); box.h = clamp(box.h, LEAST, height);
    box.x = clamp(box.x, 0, width - box.w); box.y = clamp(box.y, 0, height - box.h);
    field(row, "page").value = box.page;
    for (const name of ["x", "y", "w", "h"]) field(row, name).value = round(box[name]);
    show(row);
  }

  function show(row) {
    const box = read(row), svg = box && svgs.get(box.page);
    let rect = boxes.get(row);
    if (!svg) { if (rect) rect.remove(); boxes.delete(row); return; }
    if (!rect) {
      rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      rect.classList.add("spot");
      rect.setAttribute("tabindex", "0");
      rect.setAttribute("role", "button");
      rect.addEventListener("keydown", (event) => press(event, row));
      rect.addEventListener("focus", () => row.classList.add("lit-row"));
      rect.addEventListener("blur", () => row.classList.remove("lit-row"));
      boxes.set(row, rect);
    }
    if (rect.parentNode !== svg) svg.append(rect);
    const sides = { x: box.x, y: box.y, width: box.w, height: box.h };
    for (const [name, value] of Object.entries(sides)) rect.setAttribute(name, value);
    const why = field(row, "reason").value.trim();
    rect.setAttribute("aria-label", `第${box.page}页的遮盖框，${why || "还没有写理由"}。方向键移动，Shift加方向键改变大小，Delete删除，回车写理由`);
  }

  function add(box) {
    const row = blank.content.firstElementChild.cloneNode(true);
    body.append(row);
    write(row, box);
    return row;
  }

  function remove(row) {
    const next = row.nextElementSibling || row.previousElementSibling;
    if (boxes.has(row)) boxes.get(row).remove();
    boxes.delete(row);
    row.remove();
    said.textContent = "已删除一个遮盖框，保存后生效。";
    if (next && boxes.has(next)) boxes.get(next).focus();
  }

  function press(event, row) {
    const box = read(row), step = event.altKey ? 0.2 : 2;
    const move = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    if (move && box) {
      if (event.shiftKey) { box.w += move[0]; box.h += move[1]; } else { box.x += move[0]; box.y += move[1]; }
      write(row, box);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      remove(row);
    } else if (event.key === "Enter") {
      field(row, "reason").focus();
    } else {
      return;
    }
    event.preventDefault();
  }

  /* ---- mouse and finger ---- */
  function place(svg, event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return { x: at.x, y: at.y };
  }

  let held = null;
  for (const svg of svgs.values()) {
    svg.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || (event.pointerType === "touch" && !leaves.classList.contains("drawing"))) return;
      const from = place(svg, event);
      const row = [...boxes].find(([, rect]) => rect === event.target)?.[0];
      const box = row ? read(row) : null;
      held = { svg, from, row, box, id: event.pointerId };
      svg.setPointerCapture(event.pointerId);
      if (!row) event.preventDefault();
    });
    svg.addEventListener("pointermove", (event) => {
      if (!held || held.svg !== svg || held.id !== event.pointerId) return;
      const to = place(svg, event);
      if (held.box) {
        write(held.row, { ...held.box, x: held.box.x + to.x - held.from.x, y: held.box.y + to.y - held.from.y });
        return;
      }
      const w = Math.abs(to.x - held.from.x), h = Math.abs(to.y - held.from.y);
      if (!held.row && (w < LEAST || h < LEAST)) return;
      const box = { page: Number(svg.dataset.page), x: Math.min(to.x, held.from.x), y: Math.min(to.y, held.from.y), w, h };
      if (held.row) write(held.row, box); else held.row = add(box);
    });
    const end = () => {
      if (held && held.row && !held.box && !field(held.row, "reason").value) field(held.row, "reason").focus({ preventScroll: true });
      held = null;
    };
    svg.addEventListener("pointerup", end);
    svg.addEventListener("pointercancel", () => { held = null; });
  }

  draw.addEventListener("click", () => {
    const on = leaves.classList.toggle("drawing");
    draw.setAttribute("aria-pressed", String(on));
  });
  if (!matchMedia("(pointer: coarse)").matches) { leaves.classList.add("drawing"); draw.setAttribute("aria-pressed", "true"); }

  for (const button of document.querySelectorAll("[data-add]")) {
    button.addEventListener("click", () => {
      const row = add({ page: Number(button.dataset.add), x: 25, y: 25, w: 40, h: 8 });
      boxes.get(row).focus();
      said.textContent = "已加一个遮盖框，用方向键移动。";
    });
  }
  body.addEventListener("input", (event) => show(event.target.closest("tr")));
  body.addEventListener("click", (event) => { if (event.target.matches("[data-remove]")) remove(event.target.closest("tr")); });
  for (const rect of leaves.querySelectorAll("rect.spot")) rect.remove();
  for (const row of [...body.rows]) if (NAMES.every((name) => !field(row, name).value)) row.remove(); else show(row);
})();
