package weir.record;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;

/**
 * The network between the clients of the cases and one broker. It passes whole requests and replies on, and can, for one client (by its client id),
 * cut the connection, lose replies of one kind, or refuse requests of one kind with an error that the broker did not mean.
 */
final class Proxy implements AutoCloseable {
    /** What is to happen to the next `left` requests of one kind. */
    private static final class Fault {
        final ApiKeys api;
        final Errors refusal; // null: the request passes, its reply is lost and the connection ends
        /** How long the refusal is held back, ms; replies to later requests wait behind it, as they do in a broker. */
        final long holdMs;
        int left;

        Fault(ApiKeys api, Errors refusal, long holdMs, int left) {
            this.api = api;
            this.refusal = refusal;
            this.holdMs = holdMs;
            this.left = left;
        }
    }

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Map<Socket, String> owners = new ConcurrentHashMap<>();
    private final Set<String> cut = ConcurrentHashMap.newKeySet();
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();

    /** @param target the port of the broker's listener for clients */
    Proxy(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    int target() {
        return target;
    }

    /** From now on nothing of this client gets through, as if its machine were gone. */
    void cut(String client) {
        cut.add(client);
        owners.forEach((socket, owner) -> {
            if (owner.equals(client)) shut(socket);
        });
    }

    /** A client of this name begins anew. */
    void reconnect(String client) {
        cut.remove(client);
    }

    void heal(String client) {
        cut.remove(client);
        faults.remove(client);
    }

    /** The next `count` requests of the kind reach the broker, but the client never hears of it. */
    void lose(String client, ApiKeys api, int count) {
        faults.put(client, new Fault(api, null, 0, count));
    }

    /** The next `count` requests of the kind are answered with the error and do not reach the broker. */
    void refuse(String client, ApiKeys api, Errors error, long holdMs, int count) {
        faults.put(client, new Fault(api, error, holdMs, count));
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                client.setTcpNoDelay(true);
                sockets.add(client);
                daemon(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        Set<Integer> lost = ConcurrentHashMap.newKeySet();
        try (Socket broker = new Socket(InetAddress.getLoopbackAddress(), target)) {
            broker.setTcpNoDelay(true);
            sockets.add(broker);
            OutputStream back = client.getOutputStream();
            daemon(() -> returnReplies(broker, client, back, lost));
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = broker.getOutputStream();
            while (true) {
                byte[] frame = read(in);
                RequestHeader header = RequestHeader.parse(ByteBuffer.wrap(frame));
                String id = header.clientId() == null ? "" : header.clientId();
                owners.put(client, id);
                if (cut.contains(id)) return;
                Fault fault = take(id, header.apiKey());
                if (fault == null) {
                    write(out, frame);
                } else if (fault.refusal == null) {
                    lost.add(header.correlationId());
                    write(out, frame);
                } else {
                    refuse(back, frame, fault);
                }
            }
        } catch (IOException ended) {
            // Either side has gone; so does the other.
        } finally {
            shut(client);
        }
    }

    private static void refuse(OutputStream back, byte[] frame, Fault fault) throws IOException {
        byte[] reply = refusal(frame, fault.refusal);
        if (fault.holdMs == 0) {
            write(back, reply);
            return;
        }
        daemon(() -> {
            synchronized (back) {
                try {
                    Thread.sleep(fault.holdMs);
                    write(back, reply);
                } catch (IOException | InterruptedException gone) {
                    // So is the client.
                }
            }
        });
    }

    private Fault take(String client, ApiKeys api) {
        Fault fault = faults.get(client);
        if (fault == null || fault.api != api) return null;
        if (--fault.left == 0) faults.remove(client);
        return fault;
    }

    private void returnReplies(Socket broker, Socket client, OutputStream back, Set<Integer> lost) {
        try {
            DataInputStream in = new DataInputStream(broker.getInputStream());
            while (true) {
                byte[] frame = read(in);
                if (lost.remove(ByteBuffer.wrap(frame).getInt())) return;
                write(back, frame);
            }
        } catch (IOException ended) {
            // As above.
        } finally {
            shut(client);
            shut(broker);
        }
    }

    /** The reply that a broker gives when the whole request meets the error. */
    private static byte[] refusal(byte[] frame, Errors error) {
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        RequestHeader header = RequestHeader.parse(buffer);
        AbstractRequest request = AbstractRequest.parseRequest(header.apiKey(), header.apiVersion(), new ByteBufferAccessor(buffer)).request;
        AbstractResponse response = request.getErrorResponse(0, error.exception());
        ByteBuffer reply = org.apache.kafka.common.requests.RequestUtils.serialize(
            header.toResponseHeader().data(), header.toResponseHeader().headerVersion(), response.data(), header.apiVersion());
        byte[] bytes = new byte[reply.remaining()];
        reply.get(bytes);
        return bytes;
    }

    private static byte[] read(DataInputStream in) throws IOException {
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        return frame;
    }

    private static void write(OutputStream out, byte[] frame) throws IOException {
        byte[] all = ByteBuffer.allocate(4 + frame.length).putInt(frame.length).put(frame).array();
        synchronized (out) {
            out.write(all);
            out.flush();
        }
    }

    private void shut(Socket socket) {
        sockets.remove(socket);
        owners.remove(socket);
        try {
            socket.close();
        } catch (IOException gone) {
            // It is closed.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) shut(socket);
    }
}
