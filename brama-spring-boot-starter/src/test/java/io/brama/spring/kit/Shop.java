package io.brama.spring.kit;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An application whose tests use the test kit.
 */
@SpringBootApplication
class Shop {

}
