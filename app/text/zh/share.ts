export default {
  link: {
    none: "这个地址里没有 Weir 文档。文档链接中应包含 #s1=。",
    incomplete: "链接不完整（{{got}} / {{wanted}} 个字符）。有些聊天工具会截断长链接：请索取完整链接，或改用文件。",
    corrupt: "链接已损坏：其中一部分在传递途中被改动。请重新索取链接，或改用文件。",
    tooNew: "这个链接由更新版本的 Weir 生成（格式 {{version}}）。请刷新页面更新后再打开。",
    tooLong: "这个链接有 {{length}} 个字符；超过 {{max}} 个字符的链接不会打开。请改用文件。",
    tooBig: "这个链接解压后超过 {{max}} 字节，因此没有打开。请改用文件。",
    tooManyNodes: "这个链接包含 {{got}} 个节点；为保证页面可用，最多打开 {{max}} 个。",
    tooManyEdges: "这个链接包含 {{got}} 条连接；为保证页面可用，最多打开 {{max}} 条。",
    textTooLong: "这个链接包含一段 {{got}} 个字符的文本；超过 {{max}} 个字符的文本不会打开。",
    invalid: "链接中的内容不是可以显示的文档（位置 {{path}}：{{code}}）。请重新索取。",
  },
} as const;
