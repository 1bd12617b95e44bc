/**
 * Every problem the product reports, with its HTTP status. The code is the translation key
 * (`problems.<code>` in each catalogue); the answer is `application/problem+json`.
 */
export const problems = {
  'request.invalid': { status: 422 },
  'request.malformed': { status: 400 },
  'request.too_large': { status: 413 },
  'request.too_many': { status: 429 },
  'request.not_found': { status: 404 },
  'request.origin_refused': { status: 403 },
  'request.method_not_allowed': { status: 405 },
  'request.unsupported_type': { status: 415 },
  'server.unexpected': { status: 500 },
  'server.unavailable': { status: 503 },
  'server.disk_full': { status: 507 },
  'auth.signed_out': { status: 401 },
  'auth.forbidden': { status: 403 },
  'auth.token_invalid': { status: 401 },
  'auth.wrong_credentials': { status: 401 },
  'auth.account_disabled': { status: 403 },
  'auth.setup_done': { status: 409 },
  'auth.setup_needed': { status: 409 },
  'auth.password_weak': { status: 422 },
  // What the sign-in library refuses, in its own words. A wrong secret of somebody signed in is 403: they stay so.
  'sign_in.invalid_password': { status: 403 },
  'sign_in.invalid_code': { status: 403 },
  'sign_in.invalid_backup_code': { status: 403 },
  'sign_in.invalid_two_factor_cookie': { status: 401 },
  'sign_in.too_many_attempts_request_new_code': { status: 429 },
  'sign_in.account_temporarily_locked': { status: 429 },
  'sign_in.totp_already_enabled': { status: 409 },
  'sign_in.totp_not_enabled': { status: 409 },
  'sign_in.credential_account_not_found': { status: 409 },
  'sign_in.invalid_token': { status: 410 },
  'sign_in.passkey_not_found': { status: 401 },
  'sign_in.authentication_failed': { status: 401 },
  'sign_in.session_not_fresh': { status: 403 },
  'sign_in.provider_not_found': { status: 404 },
  'invitation.not_found': { status: 404 },
  'invitation.expired': { status: 410 },
  'person.not_found': { status: 404 },
  'person.email_taken': { status: 409 },
  'person.last_administrator': { status: 409 },
  'team.not_found': { status: 404 },
  'team.name_taken': { status: 409 },
  'team.in_use': { status: 409 },
  'department.not_found': { status: 404 },
  'department.name_taken': { status: 409 },
  'department.in_use': { status: 409 },
  'role.not_found': { status: 404 },
  'role.name_taken': { status: 409 },
  'role.built_in': { status: 409 },
  'role.in_use': { status: 409 },
  'role.beyond_own_rights': { status: 403 },
  'key.not_found': { status: 404 },
  'session.not_found': { status: 404 },
  'customer.not_found': { status: 404 },
  'customer.identity_taken': { status: 409 },
  'customer.merge_same': { status: 409 },
  'customer.changed_meanwhile': { status: 409 },
  'field.not_found': { status: 404 },
  'field.name_taken': { status: 409 },
  'field.value_invalid': { status: 422 },
  'conversation.not_found': { status: 404 },
  'conversation.already_resolved': { status: 409 },
  'conversation.not_resolved': { status: 409 },
  'conversation.assigned_to_other': { status: 409 },
  'conversation.changed_meanwhile': { status: 409 },
  'conversation.snooze_in_past': { status: 422 },
  'conversation.transfer_to_self': { status: 409 },
  'conversation.agent_not_in_team': { status: 409 },
  'message.not_found': { status: 404 },
  'message.empty': { status: 422 },
  'message.too_late_to_retract': { status: 409 },
  'message.not_yours': { status: 403 },
  'canned.not_found': { status: 404 },
  'canned.shortcut_taken': { status: 409 },
  'mail.not_configured': { status: 409 },
  'mail.refused': { status: 502 },
  'mail.unavailable': { status: 503 },
  'file.not_found': { status: 404 },
  'file.too_large': { status: 413 },
  'file.missing': { status: 422 },
  'queue.not_found': { status: 404 },
  'queue.name_taken': { status: 409 },
  'queue.in_use': { status: 409 },
  'offer.not_found': { status: 404 },
  'offer.ended': { status: 409 },
  'presence.break_needs_reason': { status: 422 },
  'presence.no_room': { status: 409 },
  'hours.not_found': { status: 404 },
  'hours.name_taken': { status: 409 },
  'hours.in_use': { status: 409 },
  'hours.invalid': { status: 422 },
  'widget.not_found': { status: 404 },
  'widget.origin_refused': { status: 403 },
  'widget.identity_invalid': { status: 403 },
  'widget.closed': { status: 409 },
  'kpi.too_many_points': { status: 422 },
  'kpi.period_invalid': { status: 422 },
  'kpi.member_not_found': { status: 404 },
  'kpi.contact_not_found': { status: 404 },
  'kpi.target_not_found': { status: 404 },
  'kpi.target_seconds': { status: 422 },
  'kpi.entry_not_found': { status: 404 },
  'kpi.shift_not_found': { status: 404 },
  'kpi.shift_invalid': { status: 422 },
  'kpi.rebuild_running': { status: 409 },
  'search.too_short': { status: 422 },
} as const satisfies Record<string, { status: number }>;

export type ProblemCode = keyof typeof problems;

/** One field of the input that is wrong. `kind` is a translation key (`faults.<kind>`). */
export interface Fault {
  path: string;
  kind: string;
  params?: Record<string, string | number>;
}

/** The body of every error answer (RFC 9457). */
export interface ProblemBody {
  type: string;
  code: ProblemCode;
  status: number;
  title: string;
  requestId?: string;
  params?: Record<string, string | number>;
  faults?: Fault[];
}
