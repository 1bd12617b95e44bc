import { PlusOutlined } from '@ant-design/icons';
import type { OrderTask, OrderView } from '@yingda/contract';
import { addOrderTask, finishOrderTask } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatStamp } from '../../../lib/format.ts';
import { useColleagues, useOrderAct, useTeams } from '../data/orders.ts';
import { useTellProblem } from './head.tsx';
import { Part } from './part.tsx';

function Task({ task, order }: { task: OrderTask; order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  const factsOf = ({ ownerName, dueAt, doneAt, doneByName, isAwaited }: OrderTask): string[] =>
    [
      ownerName,
      doneAt === null && dueAt && t('task.until', { at: formatStamp(dueAt) }),
      doneAt && t('task.doneBy', { name: doneByName ?? t('by.system'), at: formatStamp(doneAt) }),
      doneAt === null && isAwaited && t('task.awaited'),
    ].filter((text) => typeof text === 'string' && text !== '') as string[];
  const finish = useOrderAct(finishOrderTask);
  const tell = useTellProblem(order.id);
  return (
    <li>
      <label className="yd-side-check">
        <input
          type="checkbox"
          checked={task.doneAt !== null}
          disabled={!task.mayFinish}
          onChange={(event) =>
            finish.mutate(
              {
                params: { id: order.id, taskId: task.id },
                body: { done: event.target.checked },
              },
              { onError: tell },
            )
          }
        />
        <span className={task.doneAt === null ? '' : 'is-done'}>{task.title}</span>
      </label>
      <span className="yd-side-hint is-under">{factsOf(task).join(' · ')}</span>
    </li>
  );
}

const teamMark = 'team ';

/** A team's inbox, a person, or whoever works on the order. */
function ownerOf(chosen: string): { teamId?: string; ownerId?: string } {
  if (chosen === '') return {};
  return chosen.startsWith(teamMark)
    ? { teamId: chosen.slice(teamMark.length) }
    : { ownerId: chosen };
}

function OwnerSelect({
  value,
  onChange,
}: {
  value: string;
  onChange: (owner: string) => void;
}): ReactNode {
  const { t } = useTranslation('orders');
  const people = useColleagues().filter(({ active }) => active);
  const teams = useTeams();
  return (
    <select
      aria-label={t('task.owner')}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{t('task.anybody')}</option>
      <optgroup label={t('task.teams')}>
        {teams.map(({ id, name }) => (
          <option key={id} value={`${teamMark}${id}`}>
            {name}
          </option>
        ))}
      </optgroup>
      <optgroup label={t('task.people')}>
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </optgroup>
    </select>
  );
}

function NewTask({ order, onClose }: { order: OrderView; onClose: () => void }): ReactNode {
  const { t } = useTranslation('orders');
  const [title, setTitle] = useState('');
  const [owner, setOwner] = useState('');
  const [due, setDue] = useState('');
  const add = useOrderAct(addOrderTask);
  const tell = useTellProblem(order.id);
  const submit = (): void =>
    add.mutate(
      {
        params: { id: order.id },
        body: {
          title: title.trim(),
          ...ownerOf(owner),
          dueAt: due === '' ? null : new Date(due).toISOString(),
        },
      },
      { onSuccess: onClose, onError: tell },
    );
  return (
    // Esc closes it from every field.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className="yd-side-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <input
        // Asked for to be typed into.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        required
        maxLength={200}
        aria-label={t('task.title')}
        placeholder={t('task.title')}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <OwnerSelect value={owner} onChange={setOwner} />
      <input
        type="datetime-local"
        aria-label={t('task.due')}
        value={due}
        onChange={(event) => setDue(event.target.value)}
      />
      <div>
        <Button size="small" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          size="small"
          type="primary"
          htmlType="submit"
          loading={add.isPending}
          disabled={title.trim() === ''}
        >
          {t('common:add')}
        </Button>
      </div>
    </form>
  );
}

/** Sub-tasks that run beside the step, from the flow or added by hand. */
export function Tasks({ order }: { order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  const [isAdding, setAdding] = useState(false);
  const isOpen = order.status === 'open' && order.may.work;
  if (order.tasks.length === 0 && !isOpen) return null;
  return (
    <Part
      title={t('task.all')}
      deed={
        isOpen &&
        !isAdding && (
          <Button
            size="small"
            type="text"
            icon={<PlusOutlined />}
            title={t('task.add')}
            aria-label={t('task.add')}
            onClick={() => setAdding(true)}
          />
        )
      }
    >
      {order.tasks.length === 0 && !isAdding && <p className="yd-side-none">{t('task.none')}</p>}
      <ul className="yd-side-list">
        {order.tasks.map((task) => (
          <Task key={task.id} task={task} order={order} />
        ))}
      </ul>
      {isAdding && <NewTask order={order} onClose={() => setAdding(false)} />}
    </Part>
  );
}
