import { existsSync } from 'node:fs';
import { ask, run } from './run.mjs';
import { SetupError, say } from './say.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

const PACKAGES = {
  browser: 'chromium',
  chinese: 'fonts-noto-cjk',
  emoji: 'fonts-noto-color-emoji',
};

function findBrowser() {
  const given = process.env.CHROMIUM_PATH;
  if (given !== undefined && given !== '') return existsSync(given) ? given : null;
  const found =
    process.platform === 'win32'
      ? undefined
      : NAMES.map((name) => ask('which', [name])).find(Boolean);
  return found ?? PATHS.find((path) => existsSync(path)) ?? null;
}

/** Only Linux comes without these fonts; where fontconfig is missing too, nothing is known to be there. */
function hasFont(...query) {
  return process.platform !== 'linux' || Boolean(ask('fc-list', query));
}

function missingPackages() {
  return [
    ...(findBrowser() === null ? [PACKAGES.browser] : []),
    ...(hasFont(':lang=zh') ? [] : [PACKAGES.chinese]),
    ...(hasFont(':lang=und-zsye') ? [] : [PACKAGES.emoji]),
  ];
}

/** The command that may install packages here: as root, or through sudo where it asks for no password. */
function installer() {
  if (process.platform !== 'linux' || ask('which', ['apt-get']) === null) return null;
  if (process.getuid() === 0) return ['apt-get'];
  return ask('sudo', ['-n', 'true']) === null ? null : ['sudo', '-n', 'apt-get'];
}

/** Installs Debian packages where that is possible without asking; false when it is not, or fails. */
export async function installPackages(packages) {
  const command = installer();
  if (command === null) return false;
  const [file, ...prefix] = command;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  await run(file, [...prefix, '-qq', 'update'], quiet);
  return (
    (await run(
      file,
      [...prefix, '-qq', '-y', '--no-install-recommends', 'install', ...packages],
      quiet,
    )) === 0
  );
}

/** Makes sure of a browser and of fonts for Chinese and emoji; gives the browser's path. */
export async function installBrowser() {
  const missing = missingPackages();
  if (missing.length > 0) {
    say(`Installing for the tests: ${missing.join(', ')} …`, '正在安装测试所需软件……');
    await installPackages(missing);
  }
  const browser = findBrowser();
  if (browser === null)
    throw new SetupError(
      `The tests need Chromium and fonts for Chinese and emoji. Install ${Object.values(PACKAGES).join(', ')}, or name a Chromium in CHROMIUM_PATH.`,
      `测试需要 Chromium 以及中文和表情字体。请安装 ${Object.values(PACKAGES).join('、')},或通过 CHROMIUM_PATH 指定 Chromium。`,
    );
  return browser;
}
