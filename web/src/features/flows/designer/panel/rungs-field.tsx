import { Rung } from '@yingda/contract';
import { Checkbox } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type Role = (typeof Rung.options)[number];

/** Some of holder, recorder, lead and manager. */
export function RungsField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: readonly Role[];
  onChange: (rungs: Role[]) => void;
}): ReactNode {
  const { t } = useTranslation('flows');
  return (
    <div role="group" aria-label={label} className="yd-flow-rungs">
      {Rung.options.map((rung) => (
        <Checkbox
          key={rung}
          checked={value.includes(rung)}
          onChange={({ target }) =>
            onChange(
              Rung.options.filter((one) => (one === rung ? target.checked : value.includes(one))),
            )
          }
        >
          {t(`rung.${rung}`)}
        </Checkbox>
      ))}
    </div>
  );
}
