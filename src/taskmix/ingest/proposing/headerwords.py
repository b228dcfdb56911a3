"""What column names say: the words of trackers' headers, in the languages they come in."""

import re
import unicodedata

#: By column of the task log, the phrases that name it and how surely (of 100). Without accents.
#: ``when`` is a date that is neither start nor end by its name, ``noted`` one of writing down.
_PHRASES: dict[str, dict[int, str]] = {
    "started_at": {
        95: "started at|started on|started|start time|start date|start|begin|begin date|begin time|"
            "beginn|startzeit|startdatum|start datum|anfang|von|from|dtstart|time in|clock in|"
            "fecha inicio|inicio|hora inicio|desde|debut|date debut|heure debut|inizio|"
            "data inizio|data inicio|rozpoczecie|poczatek|fra|van|begintijd|startdato|starttid|"
            "start datetime|start timestamp|checkin|check in",
        60: "in|de|du|da|od|kommen|time started|login time",
    },
    "ended_at": {
        95: "ended at|ended on|ended|end time|end date|end|ende|endzeit|enddatum|end datum|bis|"
            "until|finish|finished|finished at|stop|stopped|stop time|dtend|time out|clock out|"
            "fecha fin|fin|hora fin|hasta|date fin|heure fin|fine|data fine|data fim|fim|"
            "zakonczenie|koniec|til|tot|einde|eindtijd|slut|slutdato|sluttid|end datetime|"
            "end timestamp|checkout|check out",
        80: "completed on|completed at|completed|completion date|done|done at|closed|closed at|"
            "closed on|resolved|abgeschlossen|erledigt|termine",
        60: "to|au|ate|do|out|gehen|logout time",
    },
    "when": {
        90: "date|datum|day|tag|fecha|dia|jour|data|giorno|dato|dag|dzien|paiva|pvm|work date|"
            "spent on|spent date|entry date|log date|worked on|arbeitstag|buchungsdatum|logged at|"
            "logged on|timestamp|datetime|when|leistungsdatum|date worked|date of work|zeitpunkt",
    },
    "noted": {
        50: "created|created at|created on|creation date|entry|entered|opened|opened at|added|"
            "raised|reported|submitted|angelegt|erstellt|erstellt am|cree le|creado|creato",
    },
    "hours": {
        95: "duration|dauer|hours|hour|stunden|std|hrs|hr|h|time spent|timespent|spent hours|"
            "hours worked|worked|worked hours|time worked|arbeitszeit|zeitaufwand|horas|hora|duree|"
            "heures|ore|durata|uren|duur|timer|varighet|varighed|tid|duracao|duracion|czas trwania|"
            "godziny|minutes|minuten|seconds|sekunden|minutos|minuti|secondes|segundos|"
            "duration seconds|elapsed|elapsed time|hours actual|actual hours|logged hours|"
            "time logged|delta minutes|completed work|arbeitsstunden|anzahl stunden|dauer h|"
            "worklog|tempo",
        70: "aufwand|effort|spent|logged|time|zeit|temps|tiempo|min|mins|sec|secs|quantity|menge|"
            "anzahl|czas|amount of time|actual|ist",
    },
    "person": {
        95: "person|user|user name|username|employee|employee name|mitarbeiter|mitarbeiterin|"
            "mitarbeitende|mitarbeitername|author|developer|developer id|staff|staff member|worker|"
            "team member|member|resource|who|wer|benutzer|benutzername|nutzer|usuario|utilisateur|"
            "employe|salarie|empleado|empleada|utente|dipendente|utilizador|colaborador|"
            "funcionario|collaborateur|collaboratore|persona|persoon|personne|medewerker|gebruiker|"
            "pracownik|uzytkownik|osoba|bruger|medarbejder|medarbetare|anvandare|ansatt|bearbeiter|"
            "full name|consultant|berater|person key|hostname",
        85: "email|e mail|mail|email address|login|initials|kurzel|personalnummer|agent|"
            "freelancer|contractor|teammate",
        70: "assignee|assigned to|owner|zugewiesen|verantwortlich|responsable|name|nombre|nom|"
            "nome|naam|navn|namn|imie",
    },
    "team": {90: "team|group|gruppe|squad|equipo|equipe|groupe|gruppo|zespol|crew|arbeitsgruppe"},
    "department": {
        90: "department|abteilung|bereich|division|departement|departamento|dipartimento|afdeling|"
            "avdeling|avdelning|afdeling|business unit|org unit|kostenstelle|cost center|dzial",
    },
    "project": {
        95: "project|projekt|project name|projektname|proyecto|projet|progetto|projeto|prosjekt|"
            "project key|project code",
        75: "client|customer|kunde|cliente|client name|klant|klient|kund|auftrag|auftraggeber|"
            "mandant|matter|mandat|akte|job|account",
    },
    "title": {
        95: "title|titel|titre|titulo|titolo|description|beschreibung|descripcion|descrizione|"
            "descricao|omschrijving|beskrivelse|beskrivning|opis|summary|subject|betreff|"
            "task description|task name|taskname|work description|task title|issue summary|"
            "zusammenfassung|aufgabenbeschreibung|worum|thema|kurztext|buchungstext",
        85: "task|aufgabe|tatigkeit|tache|tarea|attivita|tarefa|taak|oppgave|opgave|uppgift|"
            "zadanie|activity|aktivitat|activite|actividad|atividade|activiteit|aktivitet|"
            "what|was|leistung|taetigkeit|work item|todo|event|termin|bezeichnung",
        75: "notes|note|notiz|notizen|bemerkung|bemerkungen|anmerkung|comment|comments|kommentar|"
            "commentaire|comentario|commento|details|text|memo|inhalt|narrative|libelle",
        40: "issue|phase|ticket|name|item|work type|process|nom|nombre",
    },
    "id": {
        95: "id|uuid|guid|uid|worklog id|entry id|time entry id|record id|eintrag id|log id|"
            "time log id|fact key",
        80: "key|number|nr|nummer|no|num|numero|lfd nr|laufende nummer|row id|identifier|kennung",
    },
    "parent_id": {90: "parent|parent id|parent key|epic|epic link|parent task|depends"},
    "labels": {
        95: "labels|label|tags|schlagworte|schlagworter|stichworte|etiquetas|etiquettes|etichette|"
            "etiketten|tagi|keywords|hashtags",
        80: "category|categories|kategorie|kategorien|categoria|categorie|kategori|kategoria|"
            "work category|task type|issue type|typ|type|tag|art|tatigkeitsart|leistungsart",
    },
    "performer": {90: "performer|performed by|done by|by|ai|ki|executed by"},
    "ai_mode": {95: "ai mode|ki modus|interaction mode"},
    "oversight": {95: "oversight|review of ai|ai review"},
    "tagger": {95: "tagger|tagged by|categorized by|categorised by"},
    "wish": {95: "wish|wunsch|wants ai|automate wish|desire"},
    "collaborators": {
        95: "collaborators|attendees|participants|teilnehmer|teilnehmende|with|invitees|"
            "participantes|beteiligte",
    },
}  # fmt: skip

#: Words that make a column another thing than its other words say.
_AGAINST: dict[str, frozenset[str]] = {
    role: frozenset(words.split())
    for role, words in {
        "started_at": "estimate estimated planned geplant due deadline week woche month monat year",
        "ended_at": "estimate estimated planned geplant due deadline week woche month monat year",
        "when": "estimate estimated planned geplant due deadline birth invoice created creation "
                "modified updated changed geandert faellig fallig until approved invoiced "
                "rechnungsdatum start started begin end ended ende stop",
        "noted": "by",
        "hours": "estimate estimated estimation planned geplant budget budgeted remaining rest "
                 "interrupt interrupted interruption pause break rate price satz cost betrag "
                 "amount overtime uberstunden zone start end started ended stamp of soll target "
                 "weekly capacity saldo balance non",
        "person": "raised authorised authorized approved approver reporter created modified "
                  "number count project projekt client kunde customer task team company "
                  "manager tagged file host event issue item process phase plan",
        "team": "member size lead leader mate",
        "department": "",
        "project": "breakdown manager lead number id type status",
        "title": "id type status count manager estimate estimated code created",
        "id": "person user employee developer staff raised assigned authorised author team project "
              "phase process client customer invoice by parent of phone account organization rank",
        "labels": "id start end datum",
    }.items()
}  # fmt: skip

_BARE_WORDS = frozenset(
    ("to", "in", "out", "au", "ate", "od", "do", "de", "du", "da", "by", "ai", "ki", "was", "what",
     "who", "wer", "with", "van")
)  # fmt: skip
_LONG_ENOUGH_TO_JOIN = 5


def words_of(name: str) -> tuple[str, ...]:
    """Split a column name into plain words.

    Examples
    --------
    >>> words_of("DeveloperHoursActual"), words_of("Tätigkeit (Std.)")
    (('developer', 'hours', 'actual'), ('tatigkeit', 'std'))
    """
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    plain = unicodedata.normalize("NFKD", apart.casefold().replace("ł", "l").replace("ø", "o"))
    return tuple(re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c))))


def header_score(words: tuple[str, ...], role: str) -> int:
    """Score how surely a column's name says that it fills a column of the task log, 0 to 100.

    Examples
    --------
    >>> header_score(("start", "date"), "started_at"), header_score(("colour",), "started_at")
    (95, 0)
    """
    if _AGAINST.get(role, frozenset()) & set(words) and words not in _EXACT.get(role, {}):
        return 0
    best = _EXACT.get(role, {}).get(words, 0)
    for phrase, weight in _EXACT.get(role, {}).items():
        lost = _left_over(words, phrase)
        if lost is not None:
            best = max(best, weight - 10 * lost)
    return best


def is_unknown(words: tuple[str, ...]) -> bool:
    """Tell whether no word of a column's name is known to say anything.

    Examples
    --------
    >>> is_unknown(("wert",)), is_unknown(("estimate",))
    (True, False)
    """
    known = frozenset().union(*_AGAINST.values())
    return not known & set(words) and not any(header_score(words, role) for role in _EXACT)


def _left_over(words: tuple[str, ...], phrase: tuple[str, ...]) -> int | None:
    """Count the words beside a phrase; None where it does not occur."""
    size = len(phrase)
    for at in range(len(words) - size + 1):
        if words[at : at + size] == phrase:
            # "to" inside "assigned to" means nothing of its own.
            bare = size == 1 and len(words) > 1 and phrase[0] in _BARE_WORDS
            return None if bare else len(words) - size
    # German joins words: Projektname, Arbeitsbeginn.
    if size == 1 and len(phrase[0]) >= _LONG_ENOUGH_TO_JOIN:
        for word in words:
            if word.startswith(phrase[0]) or word.endswith(phrase[0]):
                return len(words)
    return None


_EXACT: dict[str, dict[tuple[str, ...], int]] = {
    role: {tuple(phrase.split()): weight for weight, listed in by_weight.items()
           for phrase in listed.split("|")}
    for role, by_weight in _PHRASES.items()
}  # fmt: skip
