/**
 * What holds for every HTTP answer: problems and security headers.
 */
@NullMarked
package io.monitoringstack.demoapp.web;

import org.jspecify.annotations.NullMarked;
