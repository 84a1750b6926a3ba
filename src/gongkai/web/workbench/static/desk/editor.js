// Puts an editor in the place of the text field of an entry. Without this script the field itself takes the text.
// What is sent is made safe by the server whatever this script does.
(function () {
  "use strict";
  var field = document.querySelector('textarea[data-editor="squire"]');
  if (!field || !window.Squire) { return; }

  var GONE = "script,style,iframe,object,embed,link,meta,form,input,button,svg,math,template";
  function inert(html) {
    var parsed = new DOMParser().parseFromString(html, "text/html");
    parsed.querySelectorAll(GONE).forEach(function (node) { node.remove(); });
    parsed.body.querySelectorAll("*").forEach(function (node) {
      Array.prototype.slice.call(node.attributes).forEach(function (attribute) {
        if (!/^(href|src|alt|title|colspan|rowspan|scope)$/.test(attribute.name) || /^\s*javascript:/i.test(attribute.value)) {
          node.removeAttribute(attribute.name);
        }
      });
    });
    var fragment = document.createDocumentFragment();
    while (parsed.body.firstChild) { fragment.appendChild(document.adoptNode(parsed.body.firstChild)); }
    return fragment;
  }

  var area = document.createElement("div");
  area.className = "editor-area";
  area.setAttribute("role", "textbox");
  area.setAttribute("aria-multiline", "true");
  area.setAttribute("aria-label", "正文");
  var tools = document.createElement("div");
  tools.className = "editor-tools";
  tools.setAttribute("role", "toolbar");
  tools.setAttribute("aria-label", "正文的格式");
  field.parentNode.insertBefore(tools, field);
  field.parentNode.insertBefore(area, field);
  field.hidden = true;

  var editor = new window.Squire(area, { blockTag: "P", sanitizeToDOMFragment: inert, addLinks: false });
  var written = field.value;
  editor.setHTML(/</.test(written) ? written : written.split(/\n+/).map(function (line) {
    var paragraph = document.createElement("p");
    paragraph.textContent = line;
    return paragraph.outerHTML;
  }).join(""));

  function block(tag) {
    editor.modifyBlocks(function (fragment) {
      var made = document.createDocumentFragment();
      Array.prototype.slice.call(fragment.childNodes).forEach(function (node) {
        if (/^(P|H2|H3|H4|DIV)$/.test(node.nodeName)) {
          var next = document.createElement(tag);
          while (node.firstChild) { next.appendChild(node.firstChild); }
          made.appendChild(next);
        } else { made.appendChild(node); }
      });
      return made;
    });
  }
  function table() {
    var rows = parseInt(window.prompt("几行？", "3"), 10), columns = parseInt(window.prompt("几列？", "3"), 10);
    if (!(rows > 0 && rows <= 100 && columns > 0 && columns <= 20)) { return; }
    var head = "";
    for (var number = 1; number <= columns; number += 1) { head += '<th scope="col">列' + number + "</th>"; }
    head = "<tr>" + head + "</tr>";
    var row = "<tr>" + new Array(columns + 1).join("<td><br></td>") + "</tr>";
    editor.insertHTML("<table>" + head + new Array(rows).join(row) + "</table><p><br></p>");
  }
  var acts = [
    ["标题", function () { block("H2"); }],
    ["小标题", function () { block("H3"); }],
    ["正文", function () { block("P"); }],
    ["加粗", function () { if (editor.hasFormat("B")) { editor.removeBold(); } else { editor.bold(); } }],
    ["编号", function () { editor.makeOrderedList(); }],
    ["项目", function () { editor.makeUnorderedList(); }],
    ["取消列表", function () { editor.removeList(); }],
    ["链接", function () { var to = window.prompt("网址", "https://"); if (to && /^https?:/.test(to)) { editor.makeLink(to); } }],
    ["表格", table],
    ["清除格式", function () { editor.removeAllFormatting(); }],
    ["撤销", function () { editor.undo(); }],
    ["重做", function () { editor.redo(); }]
  ];
  acts.forEach(function (act) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = act[0];
    button.addEventListener("click", function () { act[1](); editor.focus(); });
    tools.appendChild(button);
  });
  document.querySelectorAll("[data-insert]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      editor.insertImage(button.dataset.insert, { alt: button.dataset.alt || "" });
    });
  });
  field.form.addEventListener("submit", function () { field.value = editor.getHTML(); });
})();
