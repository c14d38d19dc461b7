/// What both consoles need from HTTP: the OpenAPI door, sign-in, live updates, the pages.
@NullMarked
package kz.qonyrau.web;

import org.jspecify.annotations.NullMarked;
