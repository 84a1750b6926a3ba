/* The desk's script: upload with progress, cells and findings lit in the original, findings by keyboard. Pages work without it. */
"use strict";
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const one = (selector, from = document) => from.querySelector(selector);

  /* ---- upload ---- */
  async function filesOf(entry, found) {
    if (entry.isFile) {
      found.push(await new Promise((done, fail) => entry.file(done, fail)));
    } else if (entry.isDirectory) {
      const reader = entry.createReader();
      for (;;) {
        const part = await new Promise((done, fail) => reader.readEntries(done, fail));
        if (!part.length) break;
        for (const inner of part) await filesOf(inner, found);
      }
    }
    return found;
  }

  function send(form, files) {
    if (!files.length) return;
    const bar = one("[data-progress]", form), meter = one("progress", bar), words = one("[data-progress-words]", bar);
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    if (form.elements.received_on) data.append("received_on", form.elements.received_on.value);
    for (const file of files) data.append("files", file, file.name);
    const call = new XMLHttpRequest();
    call.open("POST", form.action);
    call.setRequestHeader("X-Desk-Upload", "1");
    bar.hidden = false;
    words.textContent = `正在上传${files.length}个文件……`;
    call.upload.onprogress = (event) => {
      if (!event.lengthComputable) return;
      meter.value = Math.round(100 * event.loaded / event.total);
      if (event.loaded === event.total) words.textContent = "已上传，正在读取……";
    };
    call.onload = () => {
      let url = null;
      try { url = JSON.parse(call.responseText).url; } catch { url = null; }
      if (url && url.startsWith("/")) { window.location.assign(url); return; }
      words.textContent = call.status === 413 ? "内容过大，没有收下。请分几次交入。" : "没有收下，请刷新页面后重试。";
    };
    call.onerror = () => { words.textContent = "连接中断，没有收下。请确认系统仍在运行后重试。"; };
    call.send(data);
  }

  for (const form of all("[data-upload]")) {
    for (const input of all("input[type=file]", form)) input.addEventListener("change", () => send(form, [...input.files]));
    const over = (on) => form.classList.toggle("over", on);
    form.addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
    form.addEventListener("dragleave", () => over(false));
    form.addEventListener("drop", async (event) => {
      event.preventDefault();
      over(false);
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
      const found = [];
      for (const entry of entries) await filesOf(entry, found);
      send(form, found.length ? found : [...event.dataTransfer.files]);
    });
    for (const label of all("label.button", form)) {
      label.addEventListener("keydown", (event) => { if (event.key === "Enter") document.getElementById(label.htmlFor).click(); });
    }
  }

  // The browser's own words beside a file field are in the browser's language; the page shows the name itself.
  for (const input of all("input[data-shows]")) {
    input.addEventListener("change", () => { document.getElementById(input.dataset.shows).textContent = input.files.length ? input.files[0].name : ""; });
  }

  // Copying a text that stands in a field: without scripts its page offers the same text to select at one click.
  for (const button of all("button[data-copy]")) {
    button.addEventListener("click", () => {
      document.getElementById(button.dataset.copy).select();
      if (document.execCommand("copy")) button.textContent = "已复制";
    });
  }

  document.addEventListener("htmx:responseError", () => {
    const main = one("#main"), box = document.createElement("p");
    box.className = "say say-error";
    box.setAttribute("role", "alert");
    box.textContent = "没有办成，页面可能已过期。请刷新后重试。";
    main.prepend(box);
  });

  /* ---- the report page ---- */
  const store = document.getElementById("cell-data");
  if (!store) return;
  const data = JSON.parse(store.textContent);
  const flow = one("[data-flow]"), sheets = one("[data-sheets]"), original = one(".original"), dock = one("[data-dock]");

  function range(words) {
    const found = /^(\d+)-(\d+)$/.exec(words || "");
    return found ? [Number(found[1]), Number(found[2])] : null;
  }

  function into(box, item) {
    const place = item.getBoundingClientRect(), frame = box.getBoundingClientRect();
    if (place.top < frame.top + 40 || place.bottom > frame.bottom - 40) {
      box.scrollTop += place.top - frame.top - frame.height / 3;
    }
  }

  function light(chars, page, bbox) {
    for (const piece of all(".lit")) piece.classList.remove("lit");
    const place = range(chars);
    if (place) {
      let first = null;
      for (const piece of all("[data-a]")) {
        if (Number(piece.dataset.a) >= place[0] && Number(piece.dataset.b) <= place[1]) {
          piece.classList.add("lit");
          if (!first && flow.contains(piece)) first = piece;
        }
      }
      if (first) into(flow, first);
    }
    if (!sheets) return;
    for (const rect of all(".box-lit", sheets)) rect.setAttribute("width", 0);
    const sheet = page && one(`[data-sheet="${page}"]`, sheets);
    if (!sheet) return;
    draw(sheet);
    const rect = one(".box-lit", sheet);
    if (bbox && bbox.length === 4) {
      const [x, y, x1, y1] = bbox.map(Number);
      rect.setAttribute("x", x - 2); rect.setAttribute("y", y - 2);
      rect.setAttribute("width", x1 - x + 4); rect.setAttribute("height", y1 - y + 4);
    }
    if (original.classList.contains("show-page")) into(sheets, bbox ? rect : sheet);
  }

  /* page pictures are fetched when they come into sight */
  function draw(sheet) {
    const image = one("image", sheet);
    if (image.dataset.href) { image.setAttribute("href", image.dataset.href); delete image.dataset.href; }
  }
  if (sheets) {
    const watch = new IntersectionObserver((seen) => {
      for (const each of seen) if (each.isIntersecting) { draw(each.target); watch.unobserve(each.target); }
    }, { root: sheets, rootMargin: "200px" });
    for (const sheet of all("[data-sheet]", sheets)) watch.observe(sheet);
    for (const button of all("[data-show]")) {
      button.addEventListener("click", () => {
        original.classList.toggle("show-page", button.dataset.show === "page");
        for (const other of all("[data-show]")) other.setAttribute("aria-pressed", String(other === button));
      });
    }
  }

  /* cells: one stop for the tab key in each table, arrows inside; hover and focus show relations */
  const cellOf = (address) => one(`td[data-cell="${CSS.escape(address)}"]`);
  const signs = { holds: "✓", broken: "≠", unknown: "…" };

  function preview(address) {
    for (const cell of all("td.rel")) cell.classList.remove("rel");
    const known = data.cells[address];
    if (!known) return;
    for (const number of known.relations) {
      for (const other of data.relations[number].cells) {
        const cell = other !== address && cellOf(other);
        if (cell) cell.classList.add("rel");
      }
    }
    const line = one("[data-preview]");
    if (!line) return;
    const relations = known.relations.map((n) => data.relations[n]).map((r) => `${signs[r.verdict] || ""} ${r.says}${r.met ? "：" + r.met : ""}`);
    const read = known.says.length ? known.says.join("；") : known.where;
    line.textContent = `${known.label}　${known.shown || "（无数）"}${known.mark ? "　" + known.mark : ""}　${relations.slice(0, 3).join("　") || "没有可核对的勾稽关系"}${read ? "　" + read : ""}`;
  }

  function choose(address, focus) {
    for (const cell of all("td.on")) cell.classList.remove("on");
    const cell = cellOf(address), known = data.cells[address];
    if (cell) cell.classList.add("on");
    if (known && cell) light(one("a", cell).dataset.chars, known.page, known.bbox);
    if (!focus) return;
    const url = window.location.pathname + "/cells/" + encodeURIComponent(address);
    window.htmx.ajax("GET", url, { target: "#cell", swap: "outerHTML" }).then(() => {
      const field = one("#new-value");
      if (field && focus === "field") field.select();
    });
    window.history.replaceState(null, "", "?cell=" + encodeURIComponent(address));
  }

  for (const table of all("table.official")) {
    const links = all("td.v a", table);
    links.forEach((link, index) => { link.tabIndex = index ? -1 : 0; });
    const from = (event) => event.target.closest("td.v");
    table.addEventListener("mouseover", (event) => { const cell = from(event); if (cell) preview(cell.dataset.cell); });
    table.addEventListener("focusin", (event) => {
      const cell = from(event);
      if (!cell) return;
      links.forEach((link) => { link.tabIndex = -1; });
      one("a", cell).tabIndex = 0;
      preview(cell.dataset.cell);
    });
    table.addEventListener("click", (event) => {
      const cell = from(event);
      if (!cell || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      choose(cell.dataset.cell, true);
    });
    table.addEventListener("keydown", (event) => {
      const cell = from(event), step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
      if (!cell || !step) return;
      event.preventDefault();
      const place = cell.getBoundingClientRect(), x = place.left + place.width / 2, y = place.top + place.height / 2;
      let best = null, least = Infinity;
      for (const link of links) {
        const other = link.getBoundingClientRect(), dx = other.left + other.width / 2 - x, dy = other.top + other.height / 2 - y;
        const along = dx * step[1] + dy * step[0], across = Math.abs(dx * step[0]) + Math.abs(dy * step[1]);
        if (along > 4 && along + 3 * across < least) { least = along + 3 * across; best = link; }
      }
      if (best) best.focus();
    });
  }
  dock.addEventListener("click", (event) => {
    if (!event.target.closest("[data-close]")) return;
    event.preventDefault();
    const box = one("#cell"), address = box.dataset.cell, idle = document.createElement("div");
    idle.className = "cell-box idle"; idle.id = "cell"; idle.tabIndex = -1;
    const line = document.createElement("p");
    line.className = "small"; line.dataset.preview = ""; idle.append(line); box.replaceWith(idle);
    const cell = cellOf(address);
    if (cell) { cell.classList.remove("on"); one("a", cell).focus(); }
  });

  /* findings: j, k, Enter, r */
  const list = one("[data-findings]");
  let showFinding = () => {};
  if (list) {
    const items = () => all(".finding", list);
    let at = Math.max(0, items().findIndex((item) => item.classList.contains("on")));
    const mark = (index, scroll = true) => {
      const found = items();
      if (!found.length) return null;
      at = Math.min(Math.max(index, 0), found.length - 1);
      found.forEach((item, i) => item.classList.toggle("on", i === at));
      if (scroll) into(list, found[at]);
      showFinding(found[at]);
      return found[at];
    };
    showFinding = (item) => {
      const cells = item.dataset.cells.split(" ").filter(Boolean);
      for (const cell of all("td.on")) cell.classList.remove("on");
      for (const address of cells) { const cell = cellOf(address); if (cell) cell.classList.add("on"); }
      const first = cells.map(cellOf).find(Boolean), known = first && data.cells[first.dataset.cell];
      const chars = item.dataset.chars || (first ? one("a", first).dataset.chars : "");
      const own = item.dataset.bbox ? item.dataset.bbox.split(" ") : null;
      light(chars, item.dataset.page || (known && known.page), own || (known && known.bbox));
    };
    const reveal = (item) => {
      const first = item.dataset.cells.split(" ").filter(Boolean).map(cellOf).find(Boolean);
      if (first) first.scrollIntoView({ block: "center" });
      else { const piece = one(".form .lit"); if (piece) piece.scrollIntoView({ block: "center" }); }
    };
    list.addEventListener("click", (event) => {
      const item = event.target.closest(".finding");
      if (!item || event.target.closest("form")) return;
      const link = event.target.closest("a.f-link");
      if (link) event.preventDefault();
      mark(items().indexOf(item));
      reveal(item);
    });
    list.addEventListener("focusin", (event) => {
      const item = event.target.closest(".finding");
      if (item && !item.classList.contains("on")) mark(items().indexOf(item), false);  // scrolling now would lose the click
    });
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const typing = event.target.closest("input, textarea, select");
      if (typing) { if (event.key === "Escape") { typing.blur(); list.focus(); } return; }
      if (event.key === "j") mark(items()[at].classList.contains("on") ? at + 1 : at);
      else if (event.key === "k") mark(at - 1);
      else if (event.key === "Enter" && event.target === list) { const item = mark(at); if (item) reveal(item); }
      else if (event.key === "r") { const field = one("input[name=reason]", items()[at]); if (field) { event.preventDefault(); field.focus(); } }
    });
    document.addEventListener("htmx:afterSwap", () => { const item = items()[at]; if (item) { item.classList.add("on"); list.focus({ preventScroll: true }); } });
  }
  const start = one("td.on, .finding.on"), first = one(".finding:not(.dismissed)");
  if (!start && first && list) { first.classList.add("on"); showFinding(first); }
  else if (start && start.matches(".finding")) showFinding(start);
  else if (start && start.matches("td")) { const known = data.cells[start.dataset.cell]; light(one("a", start).dataset.chars, known.page, known.bbox); start.scrollIntoView({ block: "center" }); }
})();
