// What searching costs a message: time to cut it into tokens, and the memory of the dictionaries.
// Run: node --expose-gc bench/text-segment.ts
import { bigrams, queryTokens, segment, warmUp } from '../server/src/platform/text/index.ts';

const MESSAGES = [
  '您好,我上周五在你们店里买的洗衣机今天收到以后发现滚筒有异响,请问可以换货吗谢谢您',
  '請問我的訂單什麼時候發貨?已經等了五天了,客服電話一直佔線,麻煩儘快處理一下這個問題',
  '发票抬头开错了,需要改成北京某某科技有限公司,税号稍后发给您,大概几天可以重新开具呢',
  'Order AB-1234: 屏幕碎了想预约售后师傅上门维修,改期到周六下午三点可以吗?iPhone 15 Pro',
];
const TARGET_US = 50;

function memoryMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss / 1e6;
}

/** Median of 15 rounds, in microseconds a call. */
function measure(work: (text: string) => unknown): number {
  const rounds = Array.from({ length: 15 }, () => {
    const start = performance.now();
    for (let index = 0; index < 4_000; index += 1) work(MESSAGES[index % MESSAGES.length] ?? '');
    return ((performance.now() - start) / 4_000) * 1_000;
  });
  return rounds.toSorted((a, b) => a - b)[7] ?? 0;
}

const before = memoryMb();
const start = performance.now();
warmUp();
const loadMs = performance.now() - start;
const after = memoryMb();
const segmentUs = measure(segment);

console.log(`load          ${loadMs.toFixed(0)} ms, ${(after - before).toFixed(0)} MB`);
console.log(
  `segment       ${segmentUs.toFixed(1)} µs a message of 40 characters (target ≤ ${TARGET_US})`,
);
console.log(`query tokens  ${measure(queryTokens).toFixed(1)} µs`);
console.log(`bigrams       ${measure(bigrams).toFixed(1)} µs`);
console.log(`in use        ${(memoryMb() - before).toFixed(0)} MB more than before loading`);
process.exitCode = segmentUs <= TARGET_US ? 0 : 1;
