/**
 * Groups of nodes that can all reach one another (Tarjan), without recursion: a broker may chain thousands.
 * @param next the nodes behind each node, by index
 * @returns per node the number of its group; groups are numbered against the flow: what a group leads to has a smaller number
 */
export function components(next: readonly (readonly number[])[]): number[] {
  const group: number[] = next.map(() => -1);
  const order: number[] = next.map(() => -1);
  const low: number[] = next.map(() => 0);
  const open: number[] = [];
  let visited = 0;
  let groups = 0;
  for (let root = 0; root < next.length; root++) {
    if (order[root] !== -1) continue;
    const path: { node: number; edge: number }[] = [{ node: root, edge: 0 }];
    while (path.length > 0) {
      const top = path[path.length - 1] as { node: number; edge: number };
      const { node } = top;
      if (top.edge === 0 && order[node] === -1) {
        order[node] = low[node] = visited++;
        open.push(node);
      }
      const to = next[node]?.[top.edge];
      if (to !== undefined) {
        top.edge++;
        if (order[to] === -1) path.push({ node: to, edge: 0 });
        else if (group[to] === -1) low[node] = Math.min(low[node] as number, order[to] as number);
        continue;
      }
      path.pop();
      const parent = path[path.length - 1]?.node;
      if (parent !== undefined) low[parent] = Math.min(low[parent] as number, low[node] as number);
      if (low[node] !== order[node]) continue;
      for (let member = open.pop(); member !== undefined; member = open.pop()) {
        group[member] = groups;
        if (member === node) break;
      }
      groups++;
    }
  }
  return group;
}
