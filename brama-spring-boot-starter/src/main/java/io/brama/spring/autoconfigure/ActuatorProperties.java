package io.brama.spring.autoconfigure;

/**
 * Options of the actuator endpoint.
 */
public class ActuatorProperties {

	/**
	 * Whether the endpoint shows what exceptions say, also where a reason repeats it. It
	 * may hold what is not for everybody.
	 */
	private boolean showMessages;

	public boolean isShowMessages() {
		return this.showMessages;
	}

	public void setShowMessages(boolean showMessages) {
		this.showMessages = showMessages;
	}

}
