/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.server.console;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What can be measured of a page for those who see, point or hear otherwise. */
final class Inspection {
    /** WCAG 2.2, 1.4.3: each text against what lies behind it; large text may do with less, which is not made use of. */
    private static final String CONTRAST = """
            const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
            const pixel = (colour) => {
              canvas.clearRect(0, 0, 1, 1);
              canvas.fillStyle = colour;
              canvas.fillRect(0, 0, 1, 1);
              return [...canvas.getImageData(0, 0, 1, 1).data];
            };
            const luminance = ([r, g, b]) => {
              const [x, y, z] = [r, g, b].map((it) => it / 255).map((it) => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4);
              return 0.2126 * x + 0.7152 * y + 0.0722 * z;
            };
            const ratio = (a, b) => {
              const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
              return (high + 0.05) / (low + 0.05);
            };
            const behind = (element) => {
              for (let it = element; it; it = it.parentElement) {
                const colour = pixel(getComputedStyle(it).backgroundColor);
                if (colour[3] === 255) {
                  return colour;
                }
              }
              return pixel(getComputedStyle(document.documentElement).colorScheme.includes('dark')
                && matchMedia('(prefers-color-scheme: dark)').matches ? '#121212' : '#ffffff');
            };
            const shown = (it) => it.checkVisibility({opacityProperty: true, visibilityProperty: true}) && it.getClientRects().length > 0;
            const poor = [];
            let measured = 0;
            for (const element of document.querySelectorAll('body *')) {
              if (!shown(element)) {
                continue;
              }
              const style = getComputedStyle(element);
              const name = `${element.tagName.toLowerCase()}.${element.className} "${element.textContent.trim().slice(0, 30)}"`;
              if ([...element.childNodes].some((it) => it.nodeType === Node.TEXT_NODE && it.data.trim() !== '')
                  && !element.closest('.unseen')) {
                measured++;
                const found = ratio(pixel(style.color), behind(element));
                if (found < 4.5) {
                  poor.push(`text ${name}: ${found.toFixed(2)}`);
                }
              }
              if (element.matches('input:not([type=radio]), select, button:not(.quiet)')) {
                const edge = ratio(pixel(style.borderBottomColor), behind(element.parentElement));
                const ground = ratio(pixel(style.backgroundColor), behind(element.parentElement));
                if (Math.max(edge, ground) < 3) {
                  poor.push(`edge ${name}: ${edge.toFixed(2)}`);
                }
              }
            }
            return measured < 5 ? [`only ${measured} texts were found`] : poor;
            """;

    private static final String OUTSIDE = """
            const outside = [];
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth > width) {
              outside.push(`the page: ${document.documentElement.scrollWidth} of ${width}`);
            }
            for (const it of document.querySelectorAll('body *')) {
              const box = it.getBoundingClientRect();
              const scrolls = it.parentElement.closest('pre, .objects, .unseen, .skip');
              if (box.width > 0 && (box.right > width + 0.5 || box.left < -0.5) && !scrolls && !it.matches('.unseen, .skip')) {
                outside.push(`${it.tagName.toLowerCase()}.${it.className}: ${box.left} to ${box.right} of ${width}`);
              }
            }
            return outside;
            """;

    private static final String SMALL = """
            return [...document.querySelectorAll('button, input:not([type=radio]), select, summary')]
              .filter((it) => it.checkVisibility({visibilityProperty: true}) && it.getClientRects().length > 0)
              .map((it) => [it, it.getBoundingClientRect()])
              .filter(([it, box]) => box.height < 24 || box.width < 24)
              .map(([it, box]) => `${it.tagName} ${it.textContent}: ${box.width} x ${box.height}`);
            """;

    private Inspection() {}

    /** Texts and edges of controls that stand out too little. */
    static List<String> poorContrast(Browser browser) {
        return strings(browser.script(CONTRAST));
    }

    /** What reaches beyond the sides of the view. */
    static List<String> outside(Browser browser) {
        return strings(browser.script(OUTSIDE));
    }

    /** Controls that are smaller than WCAG 2.2, 2.5.8 allows. */
    static List<String> small(Browser browser) {
        return strings(browser.script(SMALL));
    }

    /** Controls, regions and pictures that a screen reader has no name for. */
    static List<String> nameless(Browser browser) {
        List<String> nameless = new ArrayList<>();
        int named = 0;
        for (JsonNode node : browser.command("Accessibility.getFullAXTree", java.util.Map.of())
                .path("nodes")) {
            String role = node.path("role").path("value").asString();
            if (node.path("ignored").asBoolean()
                    || !List.of(
                                    "button",
                                    "link",
                                    "textbox",
                                    "combobox",
                                    "radio",
                                    "region",
                                    "dialog",
                                    "heading",
                                    "image",
                                    "group",
                                    "DisclosureTriangle")
                            .contains(role)) {
                continue;
            }
            if (node.path("name").path("value").asString("").isBlank() && !role.equals("group")) {
                nameless.add(role + " " + node);
            }
            named++;
        }
        if (named < 3) {
            nameless.add("the tree has no controls");
        }
        return nameless;
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(it -> strings.add(it.asString()));
        return strings;
    }
}
