/** A member with its score. */
export interface Member {
  score: number;
  copy: number;
  /** What the member is called; members are one and the same when their texts are. */
  text: string;
}

/** Members by score, then by name. */
export class ZsetValue {
  readonly type = "zset";
  members: Member[] = [];
  byText: Map<string, Member> = new Map();

  add(member: Member): void {
    this.members.splice(this.place(member), 0, member);
    this.byText.set(member.text, member);
  }

  remove(member: Member): void {
    this.members.splice(this.place(member), 1);
    this.byText.delete(member.text);
  }

  /** Index of the member, or where it belongs. */
  private place(member: Member): number {
    let low = 0;
    let high = this.members.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(this.members[middle] as Member, member)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const isBefore = (a: Member, b: Member): boolean => a.score < b.score || (a.score === b.score && a.text < b.text);
