package io.stepwise.engine;

import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.event.Event;
import java.util.List;

/**
 * What a command led to. The events are already applied to the execution.
 *
 * @param events in order
 * @param effects to be performed once the events are durable
 * @param reply for the sender of the command
 */
public record Decision(List<Event> events, List<Effect> effects, Reply reply) {}
