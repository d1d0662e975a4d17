// A link names its paragraph after the #, which no server sees: asks for the page again by the paragraph's own id, once.
"use strict";

const named = /^#p-([A-Za-z0-9_-]{1,128})$/.exec(location.hash);
if (named && !new URLSearchParams(location.search).has("p")) {
  location.replace(`${location.pathname}?p=${named[1]}${location.hash}`);
}
