import type { Database } from './database.ts';

/** `outside` and `invited` are not in the organisation; `left` was once. Only `joined` can chat, tap and get cards. */
export type Membership = 'joined' | 'invited' | 'outside' | 'left';

export interface SandboxPerson {
  readonly userId: string;
  readonly unionId: string;
  readonly name: string;
  readonly mobile: string;
  readonly state: Membership;
  readonly about: string;
}

export interface SandboxGroup {
  readonly conversationId: string;
  readonly title: string;
  readonly members: readonly string[];
}

/** The organisation: its people, those outside who may join, and the group chats with the bot in them. */
export class People {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  add(person: SandboxPerson): void {
    this.#db.run(
      'INSERT INTO people (userId, unionId, name, mobile, state, about) VALUES (?, ?, ?, ?, ?, ?)',
      person.userId,
      person.unionId,
      person.name,
      person.mobile,
      person.state,
      person.about,
    );
  }

  find(userId: string): SandboxPerson | undefined {
    return this.#db.one<SandboxPerson>('SELECT * FROM people WHERE userId = ?', userId);
  }

  byUnionId(unionId: string): SandboxPerson | undefined {
    return this.#db.one<SandboxPerson>('SELECT * FROM people WHERE unionId = ?', unionId);
  }

  /** Numbers are compared by their digits, those of the mainland with and without `+86-`: `+66-81 234` and `+66-81234` are the same. */
  byMobile(mobile: string): SandboxPerson | undefined {
    const wanted = digits(mobile);
    return this.all().find((person) => digits(person.mobile) === wanted);
  }

  all(): SandboxPerson[] {
    return this.#db.all<SandboxPerson>('SELECT userId, unionId, name, mobile, state, about FROM people ORDER BY rowid');
  }

  setState(userId: string, state: Membership): void {
    this.#db.run('UPDATE people SET state = ? WHERE userId = ?', state, userId);
  }

  addGroup(group: SandboxGroup): void {
    this.#db.run(
      'INSERT INTO groups (conversationId, title, members) VALUES (?, ?, ?)',
      group.conversationId,
      group.title,
      JSON.stringify(group.members),
    );
  }

  findGroup(conversationId: string): SandboxGroup | undefined {
    const row = this.#db.one<GroupRow>('SELECT * FROM groups WHERE conversationId = ?', conversationId);
    return row && asGroup(row);
  }

  groups(): SandboxGroup[] {
    return this.#db.all<GroupRow>('SELECT * FROM groups ORDER BY rowid').map(asGroup);
  }
}

interface GroupRow {
  conversationId: string;
  title: string;
  members: string;
}

function asGroup(row: GroupRow): SandboxGroup {
  return { conversationId: row.conversationId, title: row.title, members: JSON.parse(row.members) as string[] };
}

function digits(mobile: string): string {
  const all = mobile.replace(/\D/g, '');
  return /^1\d{10}$/.test(all) && !mobile.startsWith('+') ? `86${all}` : all;
}
