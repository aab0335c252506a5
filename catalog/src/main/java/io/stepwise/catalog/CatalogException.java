package io.stepwise.catalog;

/** The catalog refuses a change; nothing was changed. The API finds AWS's words for it. */
public final class CatalogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String subject;

  /**
   * With a reason.
   *
   * @param subject what the reason is about: an ARN, or a list for messages
   */
  public CatalogException(Reason reason, String subject) {
    super(reason + ": " + subject, null, false, false);
    this.reason = reason;
    this.subject = subject;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** What the reason is about. */
  public String subject() {
    return subject;
  }

  /** Why a change is refused. */
  public enum Reason {
    /** Another state machine has the name. */
    STATE_MACHINE_EXISTS,
    /** There is no such state machine. */
    STATE_MACHINE_MISSING,
    /** The state machine is on its way out. */
    STATE_MACHINE_DELETING,
    /** Too many state machines. */
    STATE_MACHINE_LIMIT,
    /** The current revision is another one; the subject is its id. */
    REVISION_CONFLICT,
    /** The revision has a version with another description. */
    DESCRIPTION_CONFLICT,
    /** Too many versions. */
    VERSION_LIMIT,
    /** Aliases lead to the version; the subject lists their names. */
    VERSION_REFERENCED,
    /** There is no such alias. */
    ALIAS_MISSING,
    /** The name is that of another alias. */
    ALIAS_CONFLICT,
    /** Too many aliases. */
    ALIAS_LIMIT,
    /** A route leads to a version that does not exist. */
    ROUTE_MISSING,
    /** There is no such activity. */
    ACTIVITY_MISSING,
    /** An activity of that name has another configuration. */
    ACTIVITY_EXISTS,
    /** Too many activities. */
    ACTIVITY_LIMIT,
    /** There is nothing of that ARN that could have tags. */
    RESOURCE_MISSING,
    /** More than 50 tags. */
    TOO_MANY_TAGS
  }
}
