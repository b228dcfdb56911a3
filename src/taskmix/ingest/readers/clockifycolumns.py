"""Clockify's column names and types of entries, in the languages that it exports in.

Clockify writes the header in the language of whoever exports. These are the names that were
seen in files and in programs that read them; other languages are told to switch to English.
"""

#: Plain names in other languages → Clockify's English ones.
TRANSLATIONS: dict[str, str] = {
    translated: name
    for name, in_other_languages in {
        # German, Spanish, French, Portuguese
        "project": ("projekt", "proyecto", "projet", "projeto"),
        "client": ("kunde", "cliente"),
        "description": ("beschreibung", "descripción", "descrição"),
        "task": ("aufgabe", "tarea", "tâche", "tarefa"),
        "activity": ("aktivität", "actividad", "activité", "atividade"),
        "user": ("benutzer", "nutzer", "usuario", "utilisateur", "usuário", "do utilizador"),
        "group": ("gruppe", "grupo", "groupe"),
        "email": ("e-mail", "correo electrónico", "correo"),
        "tags": ("etiquetas", "étiquettes", "schlagwörter"),
        "type": ("typ", "tipo"),
        "start date": ("startdatum", "fecha de inicio", "fecha inicio", "date de début",
                       "data de início"),
        "start time": ("startzeit", "hora de inicio", "hora inicio", "heure de début",
                       "hora de início"),
        "end date": ("enddatum", "fecha de finalización", "fecha fin", "date de fin",
                     "data de término", "data final"),
        "end time": ("endzeit", "hora de finalización", "hora fin", "heure de fin",
                     "hora de término", "hora final"),
        "duration (h)": ("dauer (h)", "duración (h)", "durée (h)", "duração (h)"),
        "duration (decimal)": ("dauer (dezimal)", "dauer (dezimalzahl)", "duración (decimal)",
                               "durée (décimal)", "durée (décimale)", "duração (decimal)"),
        "date of creation": ("erstellungsdatum", "fecha de creación", "fecha creación",
                             "date de création", "data de criação"),
    }.items()
    for translated in in_other_languages
}  # fmt: skip

#: Spellings of ``Type``, as plain names → the reason for which such an entry is no task, or none.
TYPES: dict[str, str | None] = {
    spelling: reason
    for reason, spellings in {
        None: ("regular", "regulär", "normal", "régulier"),
        "break": ("break", "pause", "pausa", "descanso"),
        "holiday": ("holiday", "feiertag", "festivo", "feriado", "jour férié"),
        "time_off": ("time off", "time_off", "time-off", "timeoff", "abwesenheit"),
    }.items()
    for spelling in spellings
}
