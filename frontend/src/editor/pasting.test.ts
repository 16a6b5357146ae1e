// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { tidied } from "./pasting";

describe("what is pasted", () => {
  it("keeps headings in the sizes that there are", () => {
    expect(tidied("<h1 style='color:red'>Minutes</h1><h4>Agreed</h4>")).toBe("<h2>Minutes</h2><h3>Agreed</h3>");
  });

  it("makes lists of what Word calls paragraphs", () => {
    const mark = "<span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span>";
    const item = (words: string) => `<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>${mark}${words}</p>`;
    expect(tidied(`<p>To do</p>${item("First")}${item("<b>Second</b>")}<p>Done</p>`)).toBe(
      "<p>To do</p><ul><li>First</li><li><b>Second</b></li></ul><p>Done</p>",
    );
    const style = "<style>@list l0:level1 {mso-level-number-format:decimal;}</style>";
    expect(tidied(`${style}${item("One")}`)).toBe("<ol><li>One</li></ol>");
  });

  it("keeps the cells of a table apart", () => {
    expect(tidied("<table><tr><th>Who</th><th>What</th></tr><tr><td>Ada</td><td>Audit</td></tr></table>")).toBe(
      "<p>Who | What</p><p>Ada | Audit</p>",
    );
  });

  it("leaves out what would run or load", () => {
    expect(tidied("<p>a<script>x()</script><img src=x onerror=x()></p>")).toBe("<p>a</p>");
  });
});
