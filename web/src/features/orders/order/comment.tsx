import { EyeInvisibleOutlined, GlobalOutlined } from '@ant-design/icons';
import type { OrderView } from '@yingda/contract';
import { commentOrder } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSendKey } from '../../../lib/send-key.ts';
import { useOrderAct } from '../data/orders.ts';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { LeaveGuard } from '../../../ui/leave-guard.tsx';
import { AttachButton, Attaching } from '../parts/files.tsx';
import { useFiles } from '../parts/use-files.ts';

/** Writes on the order: for colleagues, or for the customer's page too. */
export function Comment({ order }: { order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  const [text, setText] = useState('');
  const [isPublic, setPublic] = useState(false);
  const files = useFiles();
  const comment = useOrderAct(commentOrder);
  const key = useSendKey();
  const isEmpty = text.trim() === '' && files.ids.length === 0;
  const send = (): void => {
    if (isEmpty || files.isBusy || comment.isPending) return;
    const body = { text: text.trim(), isPublic, fileIds: files.ids };
    comment.mutate(
      { params: { id: order.id }, body: { ...body, idempotencyKey: key.of([order.id, body]) } },
      {
        onSuccess: () => {
          key.done();
          setText('');
          files.clear();
        },
      },
    );
  };
  return (
    <form
      className={`yd-order-comment ${isPublic ? 'is-public' : ''}`}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        id="yd-order-comment"
        rows={2}
        maxLength={20_000}
        aria-label={t(isPublic ? 'comment.public' : 'comment.internal')}
        placeholder={t(isPublic ? 'comment.publicHint' : 'comment.internalHint')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
        onPaste={(event) => {
          if (event.clipboardData.files.length > 0) files.add(event.clipboardData.files);
        }}
      />
      <Attaching files={files} />
      <FormProblem error={comment.error} />
      <div className="yd-order-comment-foot">
        {/* What the customer reads is for those to write who work on the order. */}
        {order.may.work && (
          <div role="group" aria-label={t('comment.who')} className="yd-order-shapes">
            <button type="button" aria-pressed={!isPublic} onClick={() => setPublic(false)}>
              <EyeInvisibleOutlined aria-hidden /> {t('comment.internal')}
            </button>
            <button type="button" aria-pressed={isPublic} onClick={() => setPublic(true)}>
              <GlobalOutlined aria-hidden /> {t('comment.public')}
            </button>
          </div>
        )}
        <AttachButton files={files} />
        <span className="yd-row-gap" />
        <Button
          htmlType="submit"
          type={isEmpty ? 'default' : 'primary'}
          disabled={isEmpty || files.isBusy}
          loading={comment.isPending}
        >
          {t(isPublic ? 'comment.send' : 'comment.note')}
        </Button>
      </div>
      <LeaveGuard dirty={!isEmpty} />
    </form>
  );
}
