/** What can go wrong with the database before the product is up, in both languages, with what to do. */
const TEXTS = {
  'database.disk_full': {
    en: 'The disk that holds the data folder is full. Free some space and start again; nothing committed is lost.',
    zh: '数据目录所在磁盘已满。请释放空间后重新启动;已提交的数据不会丢失。',
  },
  'database.foreign_folder': {
    en: 'The database folder holds files that are not from Yingda. Choose another DATA_DIR or move them away.',
    zh: '数据库目录中有不属于本系统的文件。请更换 DATA_DIR,或将这些文件移走。',
  },
  'database.older_version': {
    en: 'The database folder was written by an older PostgreSQL. Run "npm run backup FILE" with the release that wrote it, move the folder away, then "npm run restore FILE" with this one.',
    zh: '数据库目录由更旧的 PostgreSQL 版本写入。请用原版本执行 npm run backup FILE,移走该目录,再用本版本执行 npm run restore FILE。',
  },
  'database.newer_version': {
    en: 'The database folder was written by a newer PostgreSQL. Install the newer Yingda release that wrote it.',
    zh: '数据库目录由更新的 PostgreSQL 版本写入。请安装写入它的新版本。',
  },
  'database.locked': {
    en: 'Another running Yingda uses this data folder. Stop it first, or choose another DATA_DIR.',
    zh: '该数据目录正被另一个运行中的实例使用。请先停止它,或更换 DATA_DIR。',
  },
  'database.no_binaries': {
    en: 'No PostgreSQL for this system is installed. Run "npm ci" again with optional dependencies, or set DATABASE_URL to a PostgreSQL 15 or newer.',
    zh: '未安装适用于本系统的 PostgreSQL。请重新执行 npm ci(包含可选依赖),或将 DATABASE_URL 设为 PostgreSQL 15 及以上服务器。',
  },
  'database.no_user': {
    en: 'PostgreSQL does not run as root, and neither a user namespace nor an unprivileged user can reach the data folder. Start Yingda as an ordinary user, or choose a DATA_DIR outside private home folders (such as /var/lib/yingda).',
    zh: 'PostgreSQL 不能以 root 运行,而用户命名空间和普通用户都无法访问数据目录。请以普通用户启动,或将 DATA_DIR 设到非私有目录(如 /var/lib/yingda)。',
  },
  'database.folder_unwritable': {
    en: 'The data folder cannot be written. Give this user the right to it, or choose another DATA_DIR.',
    zh: '数据目录不可写。请为当前用户授权,或更换 DATA_DIR。',
  },
  'database.start_failed': {
    en: 'The embedded PostgreSQL did not start. Its own words follow.',
    zh: '内置 PostgreSQL 启动失败,以下为其输出。',
  },
  'database.unreachable': {
    en: 'The PostgreSQL server named by DATABASE_URL cannot be reached or refuses the sign-in. Check the address, user and password.',
    zh: '无法连接 DATABASE_URL 指定的 PostgreSQL 服务器,或登录被拒绝。请检查地址、用户名和密码。',
  },
  'database.server_too_old': {
    en: 'The PostgreSQL server is older than 15. Use version 15 or newer.',
    zh: 'PostgreSQL 服务器版本低于 15。请使用 15 或更高版本。',
  },
  'database.not_utf8': {
    en: 'The database is not encoded in UTF8. Create it with ENCODING UTF8.',
    zh: '数据库编码不是 UTF8。请以 ENCODING UTF8 创建。',
  },
  'database.newer_schema': {
    en: 'The database was upgraded by a newer Yingda. Install that release, or restore a backup made before the upgrade.',
    zh: '数据库已被更新的版本升级。请安装该版本,或恢复升级前的备份。',
  },
  'database.migration_edited': {
    en: 'A migration that was already applied has been edited since. Put the file back as it was; write a new one for the change.',
    zh: '已执行过的迁移文件被修改。请还原该文件,并用新的迁移文件表达改动。',
  },
  'database.migration_misnamed': {
    en: 'Migration files are named NNNN-name.sql, numbered without gaps or doubles.',
    zh: '迁移文件须命名为 NNNN-name.sql,编号连续且不重复。',
  },
  'database.migration_failed': {
    en: 'A migration failed and was rolled back; the database is as it was before.',
    zh: '迁移失败并已回滚,数据库保持原状。',
  },
  'archive.unreadable': {
    en: 'The file is not a complete Yingda backup, or it is damaged. Nothing was changed.',
    zh: '该文件不是完整的备份,或已损坏。未做任何更改。',
  },
  'archive.newer_schema': {
    en: 'The backup was made by a newer Yingda. Install that release first. Nothing was changed.',
    zh: '该备份由更新的版本生成。请先安装该版本。未做任何更改。',
  },
  'archive.target_not_empty': {
    en: 'The database to restore into already holds data. Use --force to replace it. Nothing was changed.',
    zh: '目标数据库已有数据。如需替换请加 --force。未做任何更改。',
  },
  'archive.target_in_use': {
    en: 'Yingda is running on this data folder. Stop it before restoring. Nothing was changed.',
    zh: '本系统正在使用该数据目录。请先停止再恢复。未做任何更改。',
  },
  'archive.file_exists': {
    en: 'The backup file exists already. Choose another name.',
    zh: '备份文件已存在,请换一个文件名。',
  },
} as const;

export type DatabaseProblemCode = keyof typeof TEXTS;

/** A fault the operator can mend. `message` says it in English and Chinese and what to do; `code` is stable. */
export class DatabaseProblem extends Error {
  readonly code: DatabaseProblemCode;

  constructor(code: DatabaseProblemCode, detail = '', options?: ErrorOptions) {
    const text = TEXTS[code];
    super(`${text.en}\n${text.zh}${detail === '' ? '' : `\n${detail}`}`, options);
    this.name = 'DatabaseProblem';
    this.code = code;
  }
}
