package io.brama.spring.kit;

import org.springframework.stereotype.Component;

/**
 * A component that has nothing to do with payments.
 */
@Component
class Warehouse {

}
