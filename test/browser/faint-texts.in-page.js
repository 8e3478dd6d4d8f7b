/**
 * Runs in the page: texts on the screen whose contrast with what lies behind them is under 4.5, as
 * `ratio "text" in element`. Pictures behind a text are not judged: here text never lies on one without a colour between.
 */
(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

  /** Whatever way a colour is written: red, green, blue from 0 to 255, alpha from 0 to 1. */
  function channels(colour) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return { rgb: [red, green, blue], alpha: alpha / 255 };
  }

  function over(top, bottom) {
    return top.rgb.map((value, index) => value * top.alpha + bottom[index] * (1 - top.alpha));
  }

  function behind(element) {
    if (element === null) return [255, 255, 255];
    const own = channels(getComputedStyle(element).backgroundColor);
    return own.alpha === 1 ? own.rgb : over(own, behind(element.parentElement));
  }

  function luminance(rgb) {
    const [red, green, blue] = rgb.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function contrast(element) {
    const back = behind(element);
    const ink = over(channels(getComputedStyle(element).color), back);
    const [dark, light] = [luminance(ink), luminance(back)].toSorted((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const elements = new Set();
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode;
    if (textContent.trim() !== '' && parentElement.checkVisibility()) elements.add(parentElement);
  }
  return [...elements]
    .filter((element) => !element.closest('option, :disabled, .visually-hidden'))
    .map((element) => ({ element, ratio: contrast(element) }))
    .filter(({ ratio }) => ratio < 4.5)
    .map(({ element, ratio }) => {
      const name = `${element.tagName.toLowerCase()}.${element.className}`;
      return `${ratio.toFixed(2)} "${element.textContent.trim().slice(0, 30)}" in ${name}`;
    });
})();
