// Turns the sections into tabs, shows any case, filters the table. Without it everything stands one after another.
(function () {
  'use strict';
  document.documentElement.classList.add('js');
  var all = function (selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); };
  var tabs = all('.tabs a');
  var panels = all('.panel');

  document.querySelector('.tabs ul').setAttribute('role', 'tablist');
  tabs.forEach(function (tab) {
    tab.parentNode.setAttribute('role', 'presentation');
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', tab.getAttribute('href').slice(1));
  });
  panels.forEach(function (panel) { panel.setAttribute('role', 'tabpanel'); });

  function show(id, focus) {
    tabs.forEach(function (tab) {
      var chosen = tab.getAttribute('href') === '#' + id;
      tab.setAttribute('aria-selected', chosen ? 'true' : 'false');
      tab.tabIndex = chosen ? 0 : -1;
      if (chosen && focus) { tab.focus(); }
      if (chosen) { tab.parentNode.parentNode.scrollLeft = tab.parentNode.offsetLeft - 40; }
    });
    panels.forEach(function (panel) { panel.hidden = panel.id !== id; });
  }

  tabs.forEach(function (tab, index) {
    tab.addEventListener('click', function (event) {
      event.preventDefault();
      history.replaceState(null, '', tab.getAttribute('href'));
      show(tab.getAttribute('href').slice(1), true);
      window.scrollTo(0, Math.min(window.scrollY, document.querySelector('.tabs').offsetTop));
    });
    tab.addEventListener('keydown', function (event) {
      var last = tabs.length - 1;
      var next = { ArrowRight: index === last ? 0 : index + 1, ArrowLeft: index === 0 ? last : index - 1, Home: 0, End: last }[event.key];
      if (next === undefined) { return; }
      event.preventDefault();
      tabs[next].click();
    });
  });

  // Cases: each is a list of numbers of the pieces that make its sheet; equal pieces are stored once.
  var store = JSON.parse(document.getElementById('store').textContent);
  function sheet(number) {
    return store.cases[number].map(function (piece) { return store.pieces[piece]; }).join('');
  }
  all('.choose').forEach(function (bar) {
    var list = bar.querySelector('select');
    var target = document.getElementById(bar.getAttribute('data-target'));
    function draw() { target.innerHTML = sheet(Number(list.value)); }
    list.addEventListener('change', draw);
    all('button', bar).forEach(function (button) {
      button.addEventListener('click', function () {
        var size = list.options.length;
        list.selectedIndex = (list.selectedIndex + Number(button.getAttribute('data-step')) + size) % size;
        draw();
      });
    });
  });

  // Table of all cases: a name opens its sheet.
  all('a[data-case]').forEach(function (link) {
    link.addEventListener('click', function (event) {
      event.preventDefault();
      var list = document.querySelector('#cases .choose select');
      list.value = link.getAttribute('data-case');
      list.dispatchEvent(new Event('change'));
      history.replaceState(null, '', '#cases');
      show('cases', false);
      window.scrollTo(0, document.querySelector('.tabs').offsetTop);
      list.focus();
    });
  });
  var words = document.getElementById('filter-words');
  var kind = document.getElementById('filter-kind');
  var open = document.getElementById('filter-open');
  var rows = all('.cases tbody tr');
  function filter() {
    var wanted = words.value.trim().toLowerCase();
    var shown = 0;
    rows.forEach(function (row) {
      var fits = (wanted === '' || row.textContent.toLowerCase().indexOf(wanted) >= 0) &&
        (kind.value === '' || row.getAttribute('data-kind') === kind.value) &&
        (open.value === '' || Number(row.getAttribute('data-' + open.value)) > 0);
      row.hidden = !fits;
      if (fits) { shown += 1; }
    });
    document.getElementById('filter-count').textContent = shown + ' / ' + rows.length;
  }
  if (words) {
    [words, kind, open].forEach(function (field) { field.addEventListener('input', filter); });
    filter();
  }

  var start = location.hash.slice(1);
  // Opened at a section: the browser has scrolled to it before there were tabs.
  if (start) { window.requestAnimationFrame(function () { window.scrollTo({ top: 0, behavior: 'instant' }); }); }
  show(panels.some(function (panel) { return panel.id === start; }) ? start : panels[0].id, false);
}());
