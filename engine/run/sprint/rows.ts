/**
 * The memory of a sprint: all that everyday traffic touches, as rows of numbers in one buffer. A row begins at an even word, its address; whole numbers stand at `address + FIELD`
 * in `I`, doubles at `(address + FIELD) >> 1` in `F`. Address 0 means none.
 *
 * Both arrays are constants of this module and of fixed length, and addresses are told to be below `MASK`, because optimised code then knows where a number stands, and that it stands
 * there: reading one takes four instructions, and a field of an object ten to fifteen. Functions that loop name the arrays once more before the loop, or that is lost.
 */
const WORDS = 2 ** 20;
const ROOM = 128;
const memory = new ArrayBuffer(4 * (WORDS + ROOM));
export const I: Int32Array = new Int32Array(memory);
export const F: Float64Array = new Float64Array(memory);
export const MASK = WORDS - 1;

// ---- single numbers, doubles first

/** Virtual time, and the last time of the sprint, µs. */
export const NOW = 2;
export const LIMIT = 4;
/** Number of the next event in the calendar. */
export const SEQUENCE = 6;
/** An event to come: when, what and its datum. */
export const DUE = 8;
/** Where a duration, or a draw, is left for the function that is called next. */
export const VALUE = 10;
/** Of the system's level. */
export const IN_STEPS = 12;
export const WHAT = 14;
export const DATA = 15;
/** Messages in the system when the sprint began. */
export const IN_HEIGHT = 16;
export const HASH = 17;
/** Entries of the heap, and whether the first was taken and not yet replaced. */
export const COUNT = 18;
export const IS_HOLE = 19;
export const RING_COUNT = 20;
/** A heap or ring has little room left: the sprint ends. */
export const IS_FULL = 21;
/** Of the message store. */
export const FREE = 22;
export const TOP = 23;
export const LIVE = 24;
export const STOP = 25;
export const LAST_MESSAGE = 26;
export const GROUP_TOP = 27;
/** Since the sprint began: messages ended, further copies made, messages out of order. */
export const ENDED = 29;
export const COPIES = 30;
export const LATE = 32;
/** Of all bodies, bytes; −1 = they differ. */
export const SIZE = 33;
/** A second duration. */
export const OTHER = 34;
export const FIRST_RING = 64;

// ---- rings of the calendar: when the first event comes and its key, how many there are and which is first; entries as in the heap

export const RINGS_MOST = 8;
export const RING_TIME = 0;
export const RING_KEY = 2;
export const RING_HEAD = 4;
export const RING_EVENTS = 5;
export const RING_WIDTH = 6;
export const RING_ENTRIES = 1024;
/** In doubles: the entries of the first ring, and of the heap. Each has a time, a key, what it is and its datum. */
export const RING_AREA = 2048;
export const HEAP = RING_AREA + 4 * RING_ENTRIES * RINGS_MOST;
export const HEAP_ENTRIES = 4096;

// ---- addresses by the numbers that events carry

export const PRODUCERS = 2 * (HEAP + 4 * HEAP_ENTRIES);
export const PRODUCERS_MOST = 1024;
export const INSTANCES = PRODUCERS + PRODUCERS_MOST;
export const INSTANCES_MOST = 4096;
export const SUBSCRIPTIONS = INSTANCES + INSTANCES_MOST;
export const SUBSCRIPTIONS_MOST = 8192;
export const PORTS = SUBSCRIPTIONS + SUBSCRIPTIONS_MOST;
export const PORTS_MOST = 4096;
export const SESSIONS = PORTS + PORTS_MOST;
export const SESSIONS_MOST = 8192;
export const HOSTS = SESSIONS + SESSIONS_MOST;
export const HOSTS_MOST = 64;
/** The first address that is free. */
export const FIRST = HOSTS + HOSTS_MOST;

// ---- a producer instance

export const P_EXACT = 0;
export const P_START = 2;
/** Messages per µs. */
export const P_RATE = 4;
export const P_IS_ON = 6;
export const P_EPOCH = 7;
export const P_STREAM = 8;
export const P_IS_POISSON = 9;
/** Keys to choose from evenly; 0 = all messages are of one kind. */
export const P_KEYS = 10;
/** That kind, or the number of the table of kinds. */
export const P_KIND = 11;
export const P_NODE = 12;
export const P_PORT = 13;
export const P_INDEX = 14;
/** Address of the route of all its messages; 0 = it is found for each. */
export const P_ROUTE = 15;
export const P_WIDTH = 16;

// ---- a producer as drawn

export const PN_MADE = 0;
export const PN_LIMIT = 2;
export const PN_WIDTH = 4;

// ---- a way into the broker

export const T_IS_ON = 0;
export const T_LINK = 1;
export const T_EXCHANGE = 2;
/** Publishes on its session, of a producer. */
export const T_SENT = 3;
export const T_INDEX = 4;
/** Of a service: number of the table of kinds by the kind that caused them. */
export const T_CAUSES = 5;
export const T_WIDTH = 6;

// ---- a link

export const L_BYTES = 0;
export const L_STEPS = 2;
/** µs; 0 = sender and receiver act in one event. */
export const L_DELAY = 4;
/** When the last one to set off arrives. */
export const L_LAST = 6;
export const L_MESSAGES = 8;
export const L_HEIGHT = 9;
export const L_IS_INSTANT = 10;
/** Address of its ring in the calendar. */
export const L_RING = 11;
export const L_TRANSFER = 12;
/** Answers that went back over it. */
export const L_ANSWERS = 13;
/** Inside a broker, where bytes are not counted. */
export const L_IS_INNER = 14;
export const L_WIDTH = 16;

// ---- an exchange

export const X_IN = 0;
export const X_OUT = 1;
/** Number of the table of routes by kind. */
export const X_ROUTES = 2;
export const X_HOST = 3;
export const X_WIDTH = 4;

// ---- a route: how many ways it has, then the addresses of the ways; a way: its queue, and its binding's link

/** More routes of one broker than a drawing has; the others are not everyday. */
export const ROUTES_MOST = 8192;
export const R_WAYS = 0;
export const R_FIRST = 1;
export const W_QUEUE = 0;
export const W_LINK = 1;
export const W_WIDTH = 2;

// ---- a queue

export const Q_BYTES = 0;
export const Q_DEPTH_STEPS = 2;
export const Q_READY_STEPS = 4;
/** The disk: when the write under way ends and began, what is safe, how long a write takes. */
export const Q_DISK_ENDS = 6;
export const Q_DISK_FROM = 8;
export const Q_DISK_SAFE = 10;
export const Q_DISK_TAKES = 12;
export const Q_IS_ON = 14;
export const Q_READY = 15;
/** The lane: places of the first message and of the next to come, how many are room for, and the ring. */
export const Q_HEAD = 17;
export const Q_TAIL = 18;
export const Q_LIMIT = 19;
export const Q_MASK = 20;
export const Q_LANE = 21;
/** The row of consumers: addresses in a ring. */
export const Q_ROW = 22;
export const Q_ROW_MASK = 23;
export const Q_ROW_START = 24;
export const Q_ROW_COUNT = 25;
export const Q_BLOCKED = 26;
export const Q_PUBLISHED = 27;
export const Q_DELIVERED = 28;
export const Q_ACKNOWLEDGED = 29;
export const Q_WAIT = 32;
/** What is persistent is written to disk. */
export const Q_WRITES = 33;
export const Q_IS_WRITING = 34;
export const Q_IS_DIRTY = 35;
export const Q_ID = 36;
/** Host and id, as events of copies on their way carry them. */
export const Q_TARGET = 37;
export const Q_WIDTH = 38;

// ---- a consumer as the broker knows it

export const C_IS_ON = 0;
export const C_ID = 1;
export const C_CREDIT = 2;
export const C_PLACE = 5;
export const C_SINCE = 6;
export const C_QUEUE = 7;
export const C_CHANNEL = 8;
export const C_LINK = 9;
export const C_INSTANCE = 10;
export const C_SUBSCRIPTION = 11;
/** Number of its list of the newest messages by key. */
export const C_NEWEST = 12;
export const C_HOST = 13;
/** Index of its session. */
export const C_SESSION = 14;
/** Its channel has no other consumer. */
export const C_IS_ALONE = 15;
export const C_WIDTH = 16;

// ---- a channel: its unsettled deliveries

export const H_BASE = 0;
export const H_NEXT = 1;
export const H_MASK = 3;
export const H_ROWS = 4;
export const H_HOST = 5;
/** Index of its session. */
export const H_SESSION = 6;
export const H_WIDTH = 8;

// ---- a consumer instance

export const V_IS_ON = 0;
export const V_EPOCH = 1;
export const V_HEAD = 2;
export const V_MASK = 3;
export const V_ARRIVED = 4;
export const V_COUNT = 5;
export const V_IDLE_COUNT = 6;
/** Addresses of what its servers work on, of the idle ones, and since when they work. */
export const V_SLOTS = 7;
export const V_IDLE = 8;
export const V_STARTS = 9;
export const V_NODE = 10;
export const V_RING = 11;
export const V_INDEX = 12;
/** Address of the port that a service publishes on; 0 = it is a consumer. */
export const V_PORT = 13;
export const V_WIDTH = 14;

// ---- a consumer as drawn

export const M_BUSY_STEPS = 0;
/** Of a service time, µs. */
export const M_MEAN = 2;
export const M_SPEED = 4;
export const M_PROCESSED = 6;
export const M_BUSY = 7;
export const M_STREAM = 8;
/** Service times are drawn; else they are all `M_MEAN`. */
export const M_IS_DRAWN = 9;
/** Of service times and of the ages of what is processed. */
export const M_WORK = 10;
export const M_PUBLISHED = 11;
export const M_WIDTH = 12;

// ---- durations that wait to be counted: how many, whose they are, and they themselves; then those of a second instrument, where there are two

export const D_COUNT = 0;
export const D_OF = 1;
export const D_FIRST = 2;
export const D_MOST = 32;
export const D_SECOND = D_FIRST + 2 * D_MOST;
export const D_WIDTH = D_FIRST + 2 * D_MOST;
export const D_WIDTH_OF_TWO = D_SECOND + 2 * D_MOST;

// ---- a broker

/** Tables of addresses: of routes by their numbers, of queues and consumers by their ids. */
export const O_ROUTES = 1;
export const O_QUEUES = 2;
export const O_QUEUES_MOST = 3;
export const O_CONSUMERS = 4;
export const O_CONSUMERS_MOST = 5;
export const O_WIDTH = 6;

// ---- a stream of random numbers: its four words
export const S_WIDTH = 4;
