export default {
  link: {
    none: "This address holds no Weir document. A link to one has #s1= in it.",
    incomplete:
      "This link is incomplete ({{got}} of {{wanted}} characters). Some chats cut long links: ask for the whole link, or for a file.",
    corrupt: "This link is damaged: a part of it was changed on the way. Ask for it again, or for a file.",
    tooNew:
      "This link was made with a newer version of Weir (format {{version}}). Reload the page to update, then open it again.",
    tooLong: "This link has {{length}} characters; links of more than {{max}} are not opened. Ask for a file instead.",
    tooBig: "This link unpacks to more than {{max}} bytes, so it was not opened. Ask for a file instead.",
    tooManyNodes: "This link holds {{got}} nodes; at most {{max}} are opened, so that the page stays usable.",
    tooManyEdges: "This link holds {{got}} connections; at most {{max}} are opened, so that the page stays usable.",
    textTooLong: "This link holds a text of {{got}} characters; texts of more than {{max}} are not opened.",
    invalid: "What this link holds is no document that can be shown (at {{path}}: {{code}}). Ask for it again.",
  },
} as const;
