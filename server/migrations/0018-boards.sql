-- A board of one category, and of one person, picks its orders within the indexes. What is asked for beside stands at
-- their ends: they still give orders by due time, and no order is fetched to be dropped.

drop index work_order_step;
create index work_order_step on work_order
  (flow_key, step_key, coalesce(due_at, 'infinity'), id, category_id) where status = 'open';
drop index work_order_team_step;
create index work_order_team_step on work_order
  (owner_team_id, flow_key, step_key, coalesce(due_at, 'infinity'), id, category_id) where status = 'open';
drop index work_order_recorder_team_step;
create index work_order_recorder_team_step on work_order
  (recorder_team_id, flow_key, step_key, coalesce(due_at, 'infinity'), id, category_id) where status = 'open';
drop index work_order_department_step;
create index work_order_department_step on work_order
  (department_id, flow_key, step_key, coalesce(due_at, 'infinity'), id, category_id) where status = 'open';
drop index work_order_owner_due;
create index work_order_owner_due on work_order
  (owner_id, coalesce(due_at, 'infinity'), id, step_key, category_id) where status = 'open';
drop index work_order_recorder_due;
create index work_order_recorder_due on work_order
  (recorder_id, coalesce(due_at, 'infinity'), id, step_key, category_id) where status = 'open';
