import type { ChatState } from '../chat/state.ts';
import { paletteOf } from '../lib/colour.ts';
import type { Store } from '../lib/store.ts';
import base from './css/base.css?inline';
import composer from './css/composer.css?inline';
import forms from './css/forms.css?inline';
import launcher from './css/launcher.css?inline';
import messages from './css/messages.css?inline';
import overlay from './css/overlay.css?inline';
import panel from './css/panel.css?inline';

// Later rules go before earlier ones of the same weight.
const css = [base, launcher, panel, messages, composer, forms, overlay].join('');

function colours(brand: string): string {
  const { fill, onFill, accent, accentDark } = paletteOf(brand);
  return `:host{--fill:${fill};--on-fill:${onFill};--accent-light:${accent};--accent-dark:${accentDark}}`;
}

/** A style element, for browsers without style sheets made by script; it carries the page's nonce. */
function elementSheet(root: ShadowRoot, nonce: string): (text: string) => void {
  const element = document.createElement('style');
  element.nonce = nonce;
  root.append(element);
  return (text) => {
    element.textContent = text;
  };
}

function sheet(root: ShadowRoot, nonce: string): (text: string) => void {
  if (!('adoptedStyleSheets' in root)) return elementSheet(root, nonce);
  // Style sheets made by script need no permission of the page's content policy.
  const made = new CSSStyleSheet();
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, made];
  return (text) => made.replaceSync(text);
}

/** Gives the widget its look, and the brand's colour once it is known. */
export function dress(root: ShadowRoot, state: Store<ChatState>, nonce: string): void {
  sheet(root, nonce)(css);
  const setColours = sheet(root, nonce);
  let shown = '';
  const update = ({ config }: ChatState): void => {
    const brand = config?.settings.colour ?? '#0d9488';
    if (brand !== shown) setColours(colours(brand));
    shown = brand;
  };
  update(state.get());
  state.watch(update);
}
