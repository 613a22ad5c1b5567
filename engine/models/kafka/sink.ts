import type { TimerSink } from "./seam.ts";

/**
 * Effects of brokers and producers, one method each. Partitions, brokers and producers are the model's integers, messages are handles of the run's store; what ends a
 * handle is said by `discarded`, `lost` and `failed`, and only by them. What consumers see is in `consumer/sink.ts`.
 */
export interface ClusterSink extends TimerSink {
  /** A record that was waiting in its producer's batch is on its way to the partition's leader. Told again when it is sent again. */
  sent(producer: number, partition: number, handle: number): void;
  /** A request, or (of 0 bytes) an answer, sets out: what the way takes beside the producer's latency, µs. Without it nothing. */
  toll?(producer: number, bytes: number): number;
  /** The record is in the log of the partition and counts there. */
  appended(partition: number, offset: number, handle: number): void;
  /** `copy` is made of `original`, which the model keeps: a batch that was stored and is stored again. Called before the copy's own `appended`. */
  copied(original: number, copy: number): void;
  /** The producer learns that the record is stored. @param offset −1 with acks=0: nobody says where, or whether */
  acked(producer: number, handle: number, partition: number, offset: number): void;
  /**
   * The producer gives the record up.
   * @param partition −1 when it had none yet @param error Kafka's code
   * @param isStored the record is in a log all the same and counts there; otherwise the handle ends here
   */
  failed(producer: number, handle: number, partition: number, error: string, isStored: boolean): void;
  /** A rule ended the record. @param partition −1 when it never was in a log @param reason index in DISCARD_REASONS */
  discarded(partition: number, handle: number, reason: number): void;
  /** A fault ended the record. @param partition −1 when it never was in a log @param reason index in LOSS_REASONS */
  lost(partition: number, handle: number, reason: number): void;
  /** The log lost the record with its leader, but its producer still waits for the answer and will send it again. */
  withdrawn(partition: number, handle: number): void;
  /** A record that did not count is in the log again: its replica leads. */
  restored(partition: number, offset: number, handle: number): void;
  /** Another leader, or none (−1). */
  led(partition: number, leader: number): void;
  /** Another set of replicas is in sync. */
  inSync(partition: number, count: number): void;
  /** A transaction ended. @param isByCoordinator nobody asked for it: its time was over, or its producer was replaced */
  transactionEnded(producer: number, isCommitted: boolean, isByCoordinator: boolean): void;
  /** A commit or abort that did not end at once was refused. @param error Kafka's code */
  refused(producer: number, error: string): void;
}
