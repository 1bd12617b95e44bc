const browsers: readonly [RegExp, string][] = [
  [/MicroMessenger\/(\d+)/, 'WeChat'],
  [/DingTalk\/(\d+)/, 'DingTalk'],
  [/Lark\/(\d+)/, 'Feishu'],
  [/Edg(?:e|A|iOS)?\/(\d+)/, 'Edge'],
  [/OPR\/(\d+)/, 'Opera'],
  [/(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/(?:Chrome|CriOS)\/(\d+)/, 'Chrome'],
  [/Version\/(\d+).*Safari/, 'Safari'],
];
const systems: readonly [RegExp, string][] = [
  [/HarmonyOS/, 'HarmonyOS'],
  [/Android (\d+)?/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** `Chrome 126 · Windows` from a user agent, as far as it can be told; null when neither can. */
export function browserOf(userAgent: string): string | null {
  const browser = browsers
    .map(([pattern, name]) => ({ found: pattern.exec(userAgent), name }))
    .find(({ found }) => found !== null);
  const system = systems.find(([pattern]) => pattern.test(userAgent))?.[1];
  const words = [browser && `${browser.name} ${browser.found?.[1] ?? ''}`.trim(), system];
  return words.filter(Boolean).join(' · ') || null;
}
