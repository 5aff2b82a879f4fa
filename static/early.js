// What must be right in the first frame: the reader's theme and language. And
// what the reader does before the app is there: an early Play is remembered.

const root = document.documentElement;

const kept = (name) => {
  try {
    return localStorage.getItem(`exchequer.${name}`);
  } catch {
    return null;
  }
};

const theme = kept("theme");
if (theme === "light" || theme === "dark") root.dataset.theme = theme;

const spoken = [kept("language"), ...navigator.languages].find((tag) => /^(en|zh)\b/i.test(tag ?? ""));
root.lang = /^zh/i.test(spoken ?? "") ? "zh-CN" : "en";

// A pocket has a page of its own: the story's first picture is not its.
if (/^#\/pocket(\/|$)/.test(location.hash)) root.dataset.page = "pocket";
// Nor is it a frame's, which another page asks for with another story.
if (new URLSearchParams(location.search).get("embed") === "1") root.dataset.page = "embed";

document.addEventListener("click", (event) => {
  const play = event.target.closest("[data-early-play]");
  if (!play) return;
  root.dataset.play = "";
  play.setAttribute("aria-pressed", "true");
});
