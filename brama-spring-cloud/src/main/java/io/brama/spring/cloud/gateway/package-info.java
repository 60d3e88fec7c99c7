/**
 * What the gateways of Spring Cloud need to answer for circuits that let no call in.
 */
@NullMarked
package io.brama.spring.cloud.gateway;

import org.jspecify.annotations.NullMarked;
