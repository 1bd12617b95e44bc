import { Link } from '@tanstack/react-router';
import type { RegisterColumn, RegisterKey, RegisterRow } from '@yingda/contract';
import {
  deleteRegisterLine,
  editRegisterRow,
  listRegister,
  printOrder,
  registerColumns,
  summariseRegister,
} from '@yingda/contract';
import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../lib/api.ts';
import { download } from '../../../lib/download.ts';
import { useAct } from '../../../lib/query.ts';
import { Tag } from '../../../ui/data-table.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { toast } from '../../../ui/toast.tsx';
import { cellText, enteredColumns, fieldText, fieldValue } from '../model/cells.ts';
import type { CellWords } from '../model/cells.ts';
import { LineField } from './line-fields.tsx';

export interface LineProps {
  register: RegisterKey;
  row: RegisterRow;
  words: CellWords;
  title: (column: RegisterColumn) => string;
  onClose: () => void;
}

const refreshes = [listRegister, summariseRegister];

/** Where the line comes from, and the ways there. */
function Origin({ row }: { row: RegisterRow }): ReactNode {
  const { t } = useTranslation('registers');
  const { source, orderId, conversationId, customerId } = row;
  return (
    <div className="yd-line-origin">
      <Tag>{t(`source.${source}`)}</Tag>
      {orderId !== null && (
        <>
          <Link to="/orders/$orderId" params={{ orderId }} search={{}}>
            {t('open.order')}
          </Link>
          <Button
            size="small"
            type="text"
            icon={<PrinterOutlined />}
            onClick={() =>
              void download(addressOf(printOrder, { params: { id: orderId } })).catch(toast.problem)
            }
          >
            {t('print')}
          </Button>
        </>
      )}
      {conversationId !== null && (
        <Link to="/desk/$conversationId" params={{ conversationId }} search={{}}>
          {t('open.conversation')}
        </Link>
      )}
      {customerId !== null && (
        <Link to="/customers/$customerId" params={{ customerId }} search={{}}>
          {t('open.customer')}
        </Link>
      )}
    </div>
  );
}

/** What the work tells; nobody writes it here. */
function Known({ register, row, words, title }: LineProps): ReactNode {
  const columns = registerColumns[register].filter(
    ({ entered }) => entered !== true || !row.mayEdit,
  );
  const known = columns.map((column) => ({
    column,
    text: cellText(column, row.values[column.key], words),
  }));
  return (
    <dl className="yd-line-known">
      {known
        .filter(({ text }) => text !== '')
        .map(({ column, text }) => (
          <div key={column.key} className={column.kind === 'long' ? 'is-all' : ''}>
            <dt>{title(column)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
    </dl>
  );
}

/** Asks where it stands: what is laid over the page lies under a dialog. */
function Delete({ register, row, onClose }: LineProps): ReactNode {
  const { t } = useTranslation('registers');
  const [isAsking, setAsking] = useState(false);
  const remove = useAct(deleteRegisterLine, {
    refreshes,
    onDone: () => {
      toast.success(t('line.deleted'));
      onClose();
    },
  });
  if (row.source !== 'entered' || !row.mayEdit) return null;
  if (!isAsking) {
    return (
      <span>
        <Button danger type="text" onClick={() => setAsking(true)}>
          {t('line.delete')}
        </Button>
      </span>
    );
  }
  return (
    <span role="alert">
      {t('line.deleteQuestion')}{' '}
      <Button
        danger
        size="small"
        loading={remove.isPending}
        onClick={() =>
          remove.mutate({ params: { register, id: row.id } }, { onError: toast.problem })
        }
      >
        {t('line.delete')}
      </Button>
    </span>
  );
}

/** One line with everything on it; what the work does not tell is filled in here. */
export function LineDialog(props: LineProps): ReactNode {
  const { register, row, words, title, onClose } = props;
  const { t } = useTranslation(['registers', 'register-texts']);
  const columns = row.mayEdit ? enteredColumns(register) : [];
  const [typed, setTyped] = useState<Record<string, string>>({});
  const edit = useAct(editRegisterRow, {
    refreshes,
    onDone: () => {
      toast.success(t('registers:line.saved'));
      onClose();
    },
  });
  const before = (column: RegisterColumn): string =>
    fieldText(column, row.values[column.key], words.currency);
  const changed = columns.filter(
    (column) => (typed[column.key] ?? before(column)) !== before(column),
  );
  const submit = (): void => {
    if (columns.length === 0) return onClose();
    return edit.mutate({
      params: { register, id: row.id },
      body: {
        version: row.version,
        values: Object.fromEntries(
          changed.map((column) => [
            column.key,
            fieldValue(column, typed[column.key] ?? '', words.currency),
          ]),
        ),
      },
    });
  };
  return (
    <FormDialog
      wide
      title={t(`register-texts:titles.${register}`)}
      deed={columns.length === 0 ? t('common:close') : t('common:save')}
      busy={edit.isPending}
      error={edit.error}
      disabled={columns.length > 0 && changed.length === 0}
      extra={<Delete {...props} />}
      onSubmit={submit}
      onClose={onClose}
    >
      <Origin row={row} />
      <Known {...props} />
      {columns.length > 0 && (
        <fieldset className="yd-line-fields">
          <legend>{t('registers:line.fill')}</legend>
          {columns.map((column) => (
            <LineField
              key={column.key}
              column={column}
              title={title(column)}
              value={typed[column.key] ?? before(column)}
              words={words}
              onChange={(value) => setTyped((all) => ({ ...all, [column.key]: value }))}
            />
          ))}
        </fieldset>
      )}
    </FormDialog>
  );
}
