/**
 * What lessons say again and again, given to deflate in advance (RFC 1950 §2.2, preset dictionary): links of the second form are about 300 characters shorter for it. The
 * nearer to its end, the cheaper; so the frame of a lesson stands last. It belongs to the form of the link: not one character of it may ever change.
 */
const WORDS =
  `"timeline":[{"t":30000,"do":"consumer.kill","target":""alerts":[{"name":"","target":"","metric":"","op":">","threshold":"for"view":{"expose":["edges"` +
  `"throughput""latency""the worker""the consumer""the producer""the queue""messages""How many ""How long ""What happens ""a second""Which of ""because ""without "` +
  `"消息""队列""消费者""生产者""处理""每秒""为什么""多少""秒","zh":"","unit":{"en":"messages","zh":"条"},"tolerance":0.15,"unit":{"en":"s","zh":"秒"},` +
  `"kind":"number","answerFrom":{"metric":"system.processed","agg":"mean","within":[0,"agg":"increase","at":60000}},` +
  `{"type":"run","until":{"t":60000},"speed":10},` +
  `{"type":"observe","title":{"en":"","reveal":["chart:"],"facts":{"metric":"","agg":"max"},"body":{"en":""}},` +
  `{"type":"text","camera":"fit","highlight":["q1"],"set":{"p1.rate":},` +
  `{"type":"predict","kind":"choice","ask":{"en":""},"options":[{"text":{"en":""},"min":"max":1},{"text":{"en":""}}],"answerFrom":{"metric":"","agg":"max"}},` +
  `{"type":"do","goal":{"en":""},"check":[{"metric":"system.lost","op":"=","value":0,"at":60000},{"config":"c1.ack","op":"=","value":"manual"},` +
  `{"metric":"","op":"<=","value":"}],"until":{"t":60000},"speed":20,"hints":[{"en":""},{"en":""}],"solution":{"set":{"c1.instances":2}},"why":{"en":""}},` +
  `{"type":"quiz","kind":"single","ask":{"en":""},"options":[{"text":{"en":""},"right":true},{"text":{"en":""}}],"why":{"en":""}}],` +
  `"expose":["c1.instances","p1.rate"],"lock":{"default":"locked","allow":["c1.prefetch"]},"hide":["values:"],"palette":["queue","consumer"],` +
  `"assignment":{"noPaste":true,"noImport":true,"noSolution":true}}` +
  `{"lesson":{"v":1,"id":"","level":"core","minutes":6,"title":{"en":"","zh":""},"steps":[{"type":"text","title":{"en":"","zh":""},"body":{"en":"`;

export const LESSON_DICTIONARY = new TextEncoder().encode(WORDS);
