-- Two people at one webhook or macro do not overwrite each other; a program that hears of something may say what its own
-- deeds follow from.

alter table webhook add version integer not null default 1;
alter table macro add version integer not null default 1;

alter table webhook_delivery add chain uuid[] not null default '{}';
comment on table webhook_delivery is 'What was or is to be sent, with the body as it is signed; kept for 30 days. chain: the automations from which it follows, told in a header so that a program can hand it back.';
