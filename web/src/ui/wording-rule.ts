import type { Wording } from '@yingda/contract';
import type { FormRule } from 'antd';
import { text } from '../lib/i18n.ts';

/** Both languages must be filled in. */
export const wordingRule = (): FormRule => ({
  validator: (_rule, value: Wording | undefined) =>
    value && value['zh-CN'].trim() !== '' && value.en.trim() !== ''
      ? Promise.resolve()
      : Promise.reject(new Error(text('problems:faults.both_languages'))),
});
