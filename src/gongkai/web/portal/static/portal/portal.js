/* Help on top of pages that work without it: a draft in this browser, one submission, a look at the number of a paper. */
"use strict";
(() => {
  const each = (what, act, root = document) => root.querySelectorAll(what).forEach(act);
  const first = (what) => document.querySelector(what);
  const PREFIX = "gongkai-draft:";
  const KEPT = ["content", "manner", "provision", "kind", "name", "identity_kind", "phone", "email", "address", "agent", "needs", "by_sms", "by_email"];
  const store = { get: (k) => { try { return localStorage.getItem(k); } catch { return null; } },
    set: (k, v) => { try { localStorage.setItem(k, v); } catch { /* a full or forbidden store: there is no draft */ } },
    drop: (k) => { try { localStorage.removeItem(k); } catch { /* as above */ } } };

  each("[data-print]", (b) => { b.hidden = false; b.addEventListener("click", () => print()); });
  first("#summary, #said")?.focus();
  const sent = document.body.dataset.sent;
  if (sent) store.drop(PREFIX + sent);

  /* A form that was sent is not sent again by a second click; coming back to the page it may be. */
  each("form[data-once]", (form) => form.addEventListener("submit", (event) => {
    if (form.dataset.busy) { event.preventDefault(); return; }
    form.dataset.busy = "1";
    const button = form.querySelector("[data-send]");
    if (button) { button.setAttribute("aria-disabled", "true"); button.dataset.words = button.textContent; button.textContent = "正在提交…"; }
  }));
  addEventListener("pageshow", () => each("form[data-busy]", (form) => {
    delete form.dataset.busy;
    const button = form.querySelector("[data-send]");
    if (button?.dataset.words) { button.removeAttribute("aria-disabled"); button.textContent = button.dataset.words; }
  }));

  /* The address of a page, to be sent on. */
  each("[data-copy]", (b) => { if (!navigator.clipboard) return; b.hidden = false; b.addEventListener("click", () => {
    navigator.clipboard.writeText(first(`#${b.dataset.copy}`).textContent.trim()).then(() => { first("[data-copied]").textContent = "已复制"; }, () => { first("[data-copied]").textContent = "没有复制成，请选中地址后复制"; });
  }); });

  /* Titles that hold what was typed so far; the list is the browser's own. */
  each("input[data-suggest]", (box) => {
    const list = document.getElementById(box.getAttribute("list"));
    let wait = 0, last = "";
    box.addEventListener("input", () => {
      clearTimeout(wait);
      const typed = box.value.trim();
      if (!typed || typed === last || [...list.children].some((o) => o.value === box.value)) return;
      wait = setTimeout(async () => {
        last = typed;
        try {
          const told = await (await fetch(`${box.dataset.suggest}?form=json&q=${encodeURIComponent(typed)}`)).json();
          if (box.value.trim() === typed) list.replaceChildren(...told.titles.map((title) => Object.assign(document.createElement("option"), { value: title })));
        } catch { /* without them one searches all the same */ }
      }, 200);
    });
  });

  const form = first("form[data-draft]");
  if (!form) return;
  const key = PREFIX + form.dataset.draft;
  const fields = () => [...form.elements].filter((f) => KEPT.includes(f.name));
  const read = () => { try { return JSON.parse(store.get(key) || "null"); } catch { return null; } };
  const show = (on) => { each("[data-draft-clear]", (b) => { b.hidden = !on; }); };
  const save = () => {
    const told = read() || {};
    fields().forEach((f) => { if (f.type === "checkbox") told[f.name] = f.checked; else if (f.type !== "radio" || f.checked) told[f.name] = f.value; });
    if (!told.content && !told.name && !told.phone && !told.email && !told.address) return;
    store.set(key, JSON.stringify(told)); show(true);
  };
  const draft = read();
  if (draft) {
    show(true);
    if (!first("#summary")) {
      let brought = false;
      fields().forEach((f) => {
        if (!(f.name in draft)) return;
        const before = f.type === "checkbox" || f.type === "radio" ? f.checked : f.value;
        if (f.type === "checkbox") f.checked = draft[f.name] === true;
        else if (f.type === "radio") f.checked = f.value === draft[f.name];
        else f.value = draft[f.name];
        brought = brought || before !== (f.type === "checkbox" || f.type === "radio" ? f.checked : f.value);
      });
      first("[data-draft-said]").hidden = !brought;
    }
  }
  form.addEventListener("input", save);
  each("[data-draft-clear]", (b) => b.addEventListener("click", () => {
    store.drop(key); form.reset(); form.elements.content.value = ""; show(false); first("[data-draft-said]").hidden = true; if (form.elements.identity) { look(); papers(); }
    form.querySelector("textarea").focus();
  }));

  /* Check digits: a hint before sending, so that chosen files are not lost to it. The server looks again. */
  const SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  if (!form.elements.identity) return;
  const number = form.elements.identity, paper = form.elements.identity_kind, box = first("#confirm");
  const card = (n) => /^\d{15}$/.test(n) || (/^\d{17}[\dX]$/.test(n)
    && "10X98765432"[[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2].reduce((s, w, i) => s + w * n[i], 0) % 11] === n[17]);
  const code = (n) => {
    if (!new RegExp(`^[${SIGNS}]{18}$`).test(n)) return false;
    let sum = 0, weight = 1;
    for (let i = 0; i < 17; i += 1) { sum += SIGNS.indexOf(n[i]) * weight; weight = (weight * 3) % 31; }
    return SIGNS[(31 - (sum % 31)) % 31] === n[17];
  };
  const tests = { identity_card: card, residence_permit: card, unified_credit_code: code };
  function look() {
    const plain = number.value.normalize("NFKC").replace(/[\s\-·]/g, "").toUpperCase();
    const test = tests[paper.value];
    const odd = Boolean(plain && test && !test(plain));
    if (test || !plain) box.hidden = !odd;
    if (odd) first("[data-warning]").textContent = "证件号码与通常的格式不符，请对照证件核对；确实如此的，请勾选后继续。";
  }
  if (box.hidden) look();
  number.addEventListener("change", look); paper.addEventListener("change", look);

  /* A person has a person's papers, an organisation its code: chosen together until someone chooses otherwise. */
  let chose = false;
  paper.addEventListener("change", () => { chose = true; });
  function papers() {
    const person = form.elements.kind.value === "natural_person";
    form.querySelector("label[for=id_name]").firstChild.textContent = person ? "姓名 " : "单位名称 ";
    if (!chose && !number.value) paper.value = person ? "identity_card" : "unified_credit_code";
  }
  each("input[name=kind]", (r) => r.addEventListener("change", papers), form);
  if (form.elements.identity_kind.value !== "identity_card") chose = true;
  papers();
})();
