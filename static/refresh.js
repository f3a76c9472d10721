// For browsers that run scripts but no modules (IE11): loads a waiting page again.
(function () {
  var seconds = Number(document.documentElement.getAttribute('data-refresh'));
  if (seconds > 0) setTimeout(function () { location.reload(); }, seconds * 1000);
})();
