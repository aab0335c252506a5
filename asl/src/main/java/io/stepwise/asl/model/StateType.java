package io.stepwise.asl.model;

/** The eight state types; the label is AWS's spelling. */
public enum StateType {
  /** Passes its input on, or injects data. */
  PASS("Pass"),
  /** Does work through a resource. */
  TASK("Task"),
  /** Branches on data. */
  CHOICE("Choice"),
  /** Waits. */
  WAIT("Wait"),
  /** Ends with success. */
  SUCCEED("Succeed"),
  /** Ends with an error. */
  FAIL("Fail"),
  /** Runs branches side by side. */
  PARALLEL("Parallel"),
  /** Runs a processor for each item. */
  MAP("Map");

  private final String label;

  StateType(String label) {
    this.label = label;
  }

  /** AWS's spelling, e.g. {@code Pass}. */
  public String label() {
    return label;
  }
}
