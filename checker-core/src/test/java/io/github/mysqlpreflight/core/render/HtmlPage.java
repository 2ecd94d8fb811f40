/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.render;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A page as the XML it is, but for style and script, which are taken out before it is parsed. */
final class HtmlPage {
    private final Document document;
    private final String style;
    private final String script;

    private HtmlPage(Document document, String style, String script) {
        this.document = document;
        this.style = style;
        this.script = script;
    }

    /** Parses; a page that is not well-formed is an error. */
    static HtmlPage of(String html) {
        if (!html.startsWith("<!DOCTYPE html>\n")) {
            throw new AssertionError("no page of today");
        }
        String style = content(html, "style");
        String script = content(html, "script");
        String rest = html.replace(style, "").replace(script, "").substring("<!DOCTYPE html>\n".length());
        try {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(rest)));
            return new HtmlPage(document, style, script);
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError("not well-formed", e);
        }
    }

    private static String content(String html, String tag) {
        int start = html.indexOf("<" + tag + ">") + tag.length() + 2;
        return html.substring(start, html.indexOf("</" + tag + ">", start));
    }

    static String sha256(String content) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    String style() {
        return style;
    }

    String script() {
        return script;
    }

    /** All that a reader without a script can see. */
    String text() {
        return document.getElementsByTagName("body").item(0).getTextContent();
    }

    /** The texts of what an XPath finds. */
    List<String> texts(String path) {
        List<String> texts = new ArrayList<>();
        NodeList nodes = find(path);
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }

    int count(String path) {
        return find(path).getLength();
    }

    List<String> attributes(String name) {
        return texts("//@" + name);
    }

    List<String> attributeNames() {
        List<String> names = new ArrayList<>();
        NodeList nodes = find("//@*");
        for (int i = 0; i < nodes.getLength(); i++) {
            names.add(nodes.item(i).getNodeName());
        }
        return names;
    }

    List<Integer> headingLevels() {
        List<Integer> levels = new ArrayList<>();
        NodeList nodes = find("//h1 | //h2 | //h3 | //h4 | //h5 | //h6");
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            levels.add(node.getNodeName().charAt(1) - '0');
        }
        return levels;
    }

    private NodeList find(String path) {
        try {
            return (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, document, XPathConstants.NODESET);
        } catch (XPathExpressionException e) {
            throw new AssertionError(path, e);
        }
    }
}
