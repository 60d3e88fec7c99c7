package io.brama.migration.after;

import io.brama.BramaEvent.StateChanged;
import io.brama.migration.Journal;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Hears of transitions as of any application event.
 */
@Component
public class TransitionListener {

	private final Journal journal;

	public TransitionListener(Journal journal) {
		this.journal = journal;
	}

	@EventListener
	public void on(StateChanged change) {
		this.journal.note(change.previous() + " -> " + change.next());
	}

}
