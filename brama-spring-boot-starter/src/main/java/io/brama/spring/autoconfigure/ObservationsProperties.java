package io.brama.spring.autoconfigure;

/**
 * Options of observations.
 */
public class ObservationsProperties {

	/**
	 * Whether each call of an annotated method is an observation, for traces.
	 */
	private boolean enabled;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

}
